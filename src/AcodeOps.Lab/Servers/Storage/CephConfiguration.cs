using AcodeOps.Lab.Packages;

namespace AcodeOps.Lab.Servers.Storage;

/// <summary>The configuration of a Ceph cluster of one: a monitor, one disk server on a sparse file, one S3 gateway; all on 127.0.0.1, without manager.</summary>
internal static class CephConfiguration
{
    public static string Text(string folder, string clusterId, StoragePorts ports, int keysPort, long diskBytes)
    {
        string libraries = PackageTrees.Ceph.Libraries;
        return $"""
            [global]
            fsid = {clusterId}
            mon_host = v2:127.0.0.1:{ports.Monitor}
            mon_initial_members = a
            public_addr = 127.0.0.1
            cluster_addr = 127.0.0.1
            ms_bind_ipv4 = true
            ms_bind_ipv6 = false
            ms_bind_msgr1 = false
            ms_bind_port_min = {ports.Disks}
            ms_bind_port_max = {ports.Disks + 60}
            auth_cluster_required = none
            auth_service_required = none
            auth_client_required = none
            # Without authentication there are no session keys: the built-in "secure" mode of some clients would fail.
            ms_mon_client_mode = crc
            ms_mon_service_mode = crc
            ms_mon_cluster_mode = crc
            ms_client_mode = crc
            ms_service_mode = crc
            ms_cluster_mode = crc
            run_dir = {folder}
            # No unix sockets: their paths may be at most 107 bytes long.
            admin_socket =
            log_file = {folder}/$name.log
            mon_cluster_log_file = {folder}/cluster.log
            crash_dir = {folder}
            # Where the unpacked packages have their plug-ins.
            plugin_dir = {libraries}/ceph
            erasure_code_dir = {libraries}/ceph/erasure-code
            osd_class_dir = {libraries}/rados-classes
            # One copy, one placement group a pool.
            osd_pool_default_size = 1
            osd_pool_default_min_size = 1
            osd_pool_default_pg_num = 1
            osd_pool_default_pgp_num = 1
            osd_pool_default_pg_autoscale_mode = off
            mon_allow_pool_size_one = true
            mon_max_pg_per_osd = 1000
            osd_crush_chooseleaf_type = 0
            paxos_propose_interval = 0.02
            paxos_min_wait = 0.01
            ms_async_op_threads = 2
            [mon]
            mon_data = {folder}/mon
            mon_data_avail_warn = 1
            mon_data_avail_crit = 1
            mon_memory_autotune = false
            rocksdb_cache_size = 32M
            [osd]
            osd_data = {folder}/osd
            osd_objectstore = bluestore
            osd_crush_update_on_start = false
            osd_op_num_shards = 2
            osd_op_num_threads_per_shard = 2
            # A sparse file, not a device.
            bluestore_block_create = true
            bluestore_block_size = {diskBytes}
            bluestore_cache_autotune = false
            bluestore_cache_size = 64M
            osd_memory_target = 939524096
            # Nobody tells it its capacity: without this it measures the disk at each start.
            osd_mclock_skip_benchmark = true
            osd_fast_shutdown = true
            # The kernel's slots for asynchronous I/O are few: many labs share them.
            bdev_aio_max_queue_depth = 128
            # A gateway that was killed counts as listening for so long, and changes of buckets and keys wait for its answer.
            osd_client_watch_timeout = 5
            [client]
            # Without it the body of each answer waits 40 ms for the acknowledgement of its headers.
            rgw_frontends = beast endpoint=127.0.0.1:{ports.Gateway} tcp_nodelay=1
            rgw_data = {folder}
            client_notify_timeout = 5
            # How often it says that it still listens: at the built-in 5 s it would be taken for dead again and again, and writes of buckets wait each time.
            objecter_tick_interval = 1
            # A missing key file must be no error.
            keyring = /dev/null
            rgw_rados_pool_pg_num_min = 1
            rgw_thread_pool_size = 32
            rgw_num_control_oids = 1
            rgw_gc_max_objs = 1
            rgw_lc_max_objs = 1
            rgw_override_bucket_index_max_shards = 1
            rgw_dynamic_resharding = false
            rgw_enable_apis = s3, sts, iam, admin
            rgw_s3_auth_use_sts = true
            # In the built-in order a wrong key is answered "access denied", as if only a permission were missing.
            rgw_s3_auth_order = sts, local, external
            rgw_crypt_require_ssl = false
            # Keys of server-side encryption come from the lab's own key service.
            rgw_crypt_sse_s3_backend = vault
            rgw_crypt_sse_s3_vault_auth = agent
            rgw_crypt_sse_s3_vault_addr = http://127.0.0.1:{keysPort}
            rgw_crypt_sse_s3_vault_prefix = /v1/transit
            rgw_crypt_sse_s3_vault_secret_engine = transit
            rgw_crypt_s3_kms_backend = vault
            rgw_crypt_vault_auth = agent
            rgw_crypt_vault_addr = http://127.0.0.1:{keysPort}
            rgw_crypt_vault_prefix = /v1/transit
            rgw_crypt_vault_secret_engine = transit

            """;
    }
}
