using AcodeOps.Secrets;

namespace AcodeOps.Tuning.Indexes;

/// <summary>
/// Makes an index on a server of our own: online, hidden until the server's EXPLAIN uses it, with the replica's lag watched, and dropped again
/// where no statement of the pipeline is served.
/// </summary>
/// <param name="installation">The installation.</param>
/// <param name="role">The source.</param>
public sealed class IndexBuilder(IInstallation installation, SourceRole role)
{
    /// <summary>How it will be made. Changes nothing.</summary>
    /// <exception cref="AcodeException">See <see cref="IndexPlanner.Plan"/>; or the source does not answer.</exception>
    public async Task<IndexPlan> PlanAsync(IndexDefinition wanted, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(wanted);
        return IndexPlanner.Plan(wanted, await installation.Source(role).Indexes.ReadAsync([wanted.Table], cancel).ConfigureAwait(false));
    }

    /// <summary>Makes it.</summary>
    /// <param name="wanted">The index.</param>
    /// <param name="maximumLag">So much lag of the replica is allowed meanwhile.</param>
    /// <param name="progress">Is told what is done; null for nobody.</param>
    /// <param name="cancel">Breaks it off. What is left then is hidden at most, and the next run goes on with it.</param>
    /// <exception cref="AcodeException">
    /// <c>AdministratorMissing</c>, <c>IndexBusy</c>, <c>TableBusy</c>, <c>IndexNotOnline</c>, <c>ReplicaBehind</c>, <c>SuperReadOnlyLeftOff</c>; else why the server refused.
    /// </exception>
    public async Task<IndexResult> BuildAsync(IndexDefinition wanted, TimeSpan maximumLag, IProgress<string>? progress, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(wanted);
        long begun = installation.Clock.GetTimestamp();
        LagWatch lag = new(installation.Source(role), maximumLag, installation.Clock);
        bool isReplica = await lag.IsReplicaAsync(cancel).ConfigureAwait(false);
        Credential administrator = await AdministratorAsync(cancel).ConfigureAwait(false);
        IIndexSession session = await installation.Administration(role).OpenIndexSessionAsync(administrator, wanted.Table, isReplica, cancel).ConfigureAwait(false);
        await using (session.ConfigureAwait(false))
        {
            // Once more, as another run may have made it meanwhile.
            IndexPlan plan = IndexPlanner.Plan(wanted, await session.ReadAsync(withHidden: false, cancel).ConfigureAwait(false));
            if (plan.Present is not null)
            {
                return IndexResult.Of(role, plan, IndexStatus.Present);
            }

            if (!plan.IsLeftover)
            {
                await AddAsync(session, plan, isReplica ? lag : null, progress, cancel).ConfigureAwait(false);
            }

            IndexResult tried = await TryAsync(session, plan, progress, cancel).ConfigureAwait(false);
            return tried with
            {
                Statement = plan.IsLeftover ? null : plan.Statement,
                Seconds = installation.Clock.GetElapsedTime(begun).TotalSeconds,
                HighestLagSeconds = isReplica ? lag.Highest : null,
                LiftedSuperReadOnly = session.LiftsSuperReadOnly,
                KeptOutOfBinaryLog = isReplica,
            };
        }
    }

    private static async Task AddAsync(IIndexSession session, IndexPlan plan, LagWatch? lag, IProgress<string>? progress, CancellationToken cancel)
    {
        progress?.Report(plan.Statement);
        if (lag is null)
        {
            await session.RunAsync(plan.Statement, cancel).ConfigureAwait(false);
            return;
        }

        await lag.RequireAsync(cancel).ConfigureAwait(false);
        try
        {
            await lag.RunAsync(c => session.RunAsync(plan.Statement, c), now => progress?.Report($"{plan.Statement} (lag {(now is null ? "not known" : $"{now:0} s")})"), cancel).ConfigureAwait(false);
        }
        catch (AcodeException behind) when (behind.Id == LagWatch.Behind)
        {
            // Broken off in the moment in which it was done.
            if ((await session.ReadAsync(withHidden: false, CancellationToken.None).ConfigureAwait(false)).Tables[0].Indexes.Any(index => index.Name == plan.Name))
            {
                await session.RunAsync(IndexStatements.Drop(plan.Table.Name, plan.Name), CancellationToken.None).ConfigureAwait(false);
            }

            throw;
        }
    }

    // Only MySQL can try an index that nobody else may use. On MariaDB, and before both could hide one, it is tried in the open.
    private async Task<IndexResult> TryAsync(IIndexSession session, IndexPlan plan, IProgress<string>? progress, CancellationToken cancel)
    {
        progress?.Report($"Try {plan}");
        await session.RunAsync(IndexStatements.Analyze(plan.Table.Name), cancel).ConfigureAwait(false);
        bool canHide = IndexStatements.CanHide(plan.Version), isTriedHidden = canHide && plan.Version.Flavor == SourceFlavor.MySql;
        string show = IndexStatements.Show(plan.Table.Name, plan.Name, visible: true, plan.Version);
        if (canHide && !isTriedHidden)
        {
            await session.RunAsync(show, cancel).ConfigureAwait(false);
        }

        IndexedTable table = (await session.ReadAsync(isTriedHidden, cancel).ConfigureAwait(false)).Tables[0];
        IndexEffect[] effects = [.. Effects(plan, table)];
        bool helps = effects.Any(effect => effect.IsServed);
        if (!helps)
        {
            await session.RunAsync(IndexStatements.Drop(plan.Table.Name, plan.Name), cancel).ConfigureAwait(false);
        }
        else if (isTriedHidden)
        {
            await session.RunAsync(show, cancel).ConfigureAwait(false);
        }

        return IndexResult.Of(role, plan, helps ? IndexStatus.Built : IndexStatus.Undone) with
        {
            Effects = effects,
            Bytes = helps && !plan.IsLeftover && table.IndexBytes - plan.Table.IndexBytes is > 0 and var grown ? grown : null,
        };
    }

    // Going along all of the index instead of along the table is no service.
    private static IEnumerable<IndexEffect> Effects(IndexPlan plan, IndexedTable table) =>
        from statement in table.Statements
        let before = plan.Table.Statements.First(one => one.Name == statement.Name).Plan
        let isServed = (statement.Plan.Uses(plan.Name) && !statement.Plan.Scans(table.Name, 0)) || (statement.Plan.IsAnsweredByIndex && !before.IsAnsweredByIndex)
        where isServed || $"{before.Steps[0] with { Rows = null }}" != $"{statement.Plan.Steps[0] with { Rows = null }}" || statement.Columns[0].Equals(plan.Columns[0], StringComparison.OrdinalIgnoreCase)
        select new IndexEffect(statement.Name, $"{before}", $"{statement.Plan}", isServed);

    private async Task<Credential> AdministratorAsync(CancellationToken cancel)
    {
        SourceDefinition source = installation.Environment.FindSource(role)!;
        CredentialReference reference = source.Administrator ?? throw new AcodeException(
            "AdministratorMissing", FailureClass.Permission, $"The environment names nobody who may make an index on the {source}.")
        {
            Advice = $"Set sources.{role.ToString().ToLowerInvariant()}.administrator to a credential whose user has SELECT, INSERT, ALTER and INDEX on the database, and on a replica SYSTEM_VARIABLES_ADMIN and CONNECTION_ADMIN (SUPER on MySQL 5.7; BINLOG ADMIN and READ_ONLY ADMIN on MariaDB).",
            Subject = source,
            IsFatal = false,
        };
        Credential own = await installation.Credentials.ReadAsync(source.Credential, cancel).ConfigureAwait(false);
        Credential administrator = await installation.Credentials.ReadAsync(reference, cancel).ConfigureAwait(false);
        return administrator.At(own) with { Database = own.Database ?? administrator.Database };
    }
}
