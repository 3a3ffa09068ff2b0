namespace AcodeOps.Lab.Packages;

/// <summary>The servers that a lab is made of, and the programs it is compared with.</summary>
public static class PackageTrees
{
    private const string Scripting = "perl|libperl|perl-modules|libdb5|libgdbm|debconf|libudev|gcc-[0-9]+-base|libc-gconv|libsasl2-modules|openssl-provider";

    public static PackageTree MariaDb { get; } = new("mariadb", "bookworm", ["mariadb-server-core"], $"^({Scripting}|[a-z0-9.-]*-common)");

    public static PackageTree MySql { get; } = new("mysql", "sid", ["mysql-server-core"], $"^({Scripting}|[a-z0-9.-]*-common)");

    public static PackageTree Ceph { get; } = new("ceph", "sid", ["radosgw", "ceph-mon", "ceph-osd"], "^(perl|libperl|python3|debconf|[a-z0-9.-]*-doc)");

    /// <summary>Secrets Manager, STS, IAM and KMS; the extra packages are what its server needs and does not declare.</summary>
    public static PackageTree Moto { get; } = new(
        "moto", "sid", ["python3", "python3-moto", "python3-flask-cors", "python3-yaml", "python3-joserfc", "python3-jsonpath-ng"], $"^({Scripting}|[a-z0-9.-]*-common)=");

    /// <summary>Two programs that look for secrets, which the benchmarks run beside the module.</summary>
    public static PackageTree SecretScanners { get; } = new("secret-scanners", "sid", ["gitleaks", "trufflehog"], $"^({Scripting}|[a-z0-9.-]*-common)");

    /// <summary>Prometheus' own tool, which the tests check files of metrics with.</summary>
    public static PackageTree Prometheus { get; } = new("prometheus", "sid", ["prometheus"], $"^({Scripting}|init-system-helpers|adduser|systemd|tzdata|ucf|libjs-.*|fonts-.*|node-.*|[a-z0-9.-]*-common)");

    /// <summary>A receiver of OTLP that is not our own, which the tests send metrics to.</summary>
    public static PackageTree VictoriaMetrics { get; } = new("victoria-metrics", "sid", ["victoria-metrics"], $"^({Scripting}|init-system-helpers|adduser|systemd|tzdata|ucf|[a-z0-9.-]*-common)");

    /// <summary>Programs that count a bucket, which the benchmarks run beside the module.</summary>
    public static PackageTree BucketTools { get; } = new("bucket-tools", "sid", ["rclone", "s3cmd", "awscli"], $"^({Scripting}|groff-base|sgml-base|xml-core|media-types|[a-z0-9.-]*-common)=");

    /// <summary>An engine that asks Parquet files and tables in SQL, which the benchmarks run beside the module.</summary>
    public static PackageTree DuckDb { get; } = new("duckdb", "sid", ["duckdb"], $"^({Scripting}|media-types|[a-z0-9.-]*-common)=");

    /// <summary>The programs of the guide's shell commands, which the benchmarks run beside the module.</summary>
    public static PackageTree GuideTools { get; } = new("guide-tools", "sid", ["mysql-client-core", "awscli"], $"^({Scripting}|groff-base|sgml-base|xml-core|[a-z0-9.-]*-common)");
}
