# A tour of AcodeOps on a rehearsal lab. "./build.sh demo" starts the lab, plays this, and ends the lab.

# Connect once; every command after it knows which installation is meant.
Connect-AcodeEnvironment

# A standby that nobody has tried is a hope. The drill lands its rows in folders of its own, counts them, and removes them.
(Start-AcodeDisasterRecovery -Drill -Confirm:$false).Result

# Everything at once, each result as it comes. All is well.
Test-AcodeHealth -TimeoutSeconds 20

# Where the data flows, and how far the replica is.
Get-AcodeRoute
Get-AcodeReplication

# Now the partner's server dies.
./build.sh lab fault kill primary

# What is broken, and what to do about it.
$troubled = Test-AcodeHealth | Where-Object Verdict -ne Healthy
$troubled
$troubled | Where-Object Verdict -eq Failed | Format-List Component, Target, Verdict, Cause, Summary, Remedy

# Put it on record: who saw what, when.
$troubled | Where-Object IsOutage | Write-AcodeAudit -Reason 'Primary source down' | Out-Null
Get-AcodeAudit -EventType IncidentDetected

# Look several times, hear what the replica says of the primary, and decide. Nothing is changed.
$plan = Get-AcodeRecoveryPlan
$plan | Format-List Strategy, Decision, RowsAtRisk, Steps
$plan.Assessment.Parts

# Do it: people are told, the old route is off and its syncs have ended before the new one is on, and rows have landed.
$there = $plan | Start-AcodeDisasterRecovery -Reason 'Primary source down' -Confirm:$false
$there.Steps
$there.Result

# Readers and schedulers ask where the data is now.
Get-AcodeRoute -Active

# The partner's server is back, and the replica follows it again.
./build.sh lab fault clear
while (-not (Test-AcodeHealth -Component Source, Replication -Quiet)) { Start-Sleep -Milliseconds 500 }

# The way back is the same command.
Invoke-AcodeFailover primary -Reason 'Primary source is back' -Confirm:$false | Out-Null

# Every run is on record, with each of its steps; an unfinished one could be resumed or taken back from any machine.
Get-AcodeRunbook

# And every act is audited twice: before it was done, and what came of it.
Get-AcodeAudit -EventType FailoverExecuted, ConnectionModified

Disconnect-AcodeEnvironment
