# A tour of AcodeOps on a rehearsal lab. "./build.sh demo" starts the lab, plays this, and ends the lab.

# Connect once; every command after it knows which installation is meant.
Connect-AcodeEnvironment

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

Disconnect-AcodeEnvironment
