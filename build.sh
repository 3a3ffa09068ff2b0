#!/usr/bin/env bash
# The tasks of this repository. Needs bash and the .NET SDK 10; the lab installs or unpacks what else it needs, and says so.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
usage='usage: ./build.sh demo | test [Core|Adapters|Module [filter]|Pester] | package | lab [up|down|fault ...] | shell [-c text | script.ps1 ...] | bench | format'

fail() { echo "$*" >&2; exit 1; }

# The state of the sources, also of those not committed; empty outside a git checkout, where everything counts as changed.
fingerprint() {
  command -v git >/dev/null && git -C "$root" rev-parse --git-dir >/dev/null 2>&1 || return 0
  (cd "$root" && git ls-files -coz --exclude-standard -- "$@" | xargs -0 sha1sum 2>/dev/null | sha1sum | cut -c1-40) || true
}

# The driver is the lab's own program, compiled ahead for this machine into out/lab.
build_driver() {
  local stamp=$root/out/.stamps/driver
  [ -n "$ACODE_SOURCES" ] && [ -f "$stamp" ] && [ "$(<"$stamp")" = "$ACODE_SOURCES" ] && return
  local sdk
  sdk=$(cd "$root" && dotnet --version 2>/dev/null) || fail "This machine has no .NET SDK 10.0.100 or later 10.0: install it (apt-get install dotnet-sdk-10.0) and run this again."
  [ "${sdk%%.*}" -ge 10 ] || fail "The .NET SDK here is $sdk, and 10.0 is needed: install it (apt-get install dotnet-sdk-10.0) and run this again."
  [ -d "$root/out/lab" ] || echo "Building the driver (a minute the first time) ..." >&2
  local log
  log=$(cd "$root" && dotnet publish src/AcodeOps.Lab -c Release -v q -clp:NoSummary -p:ForThisMachine=true -o out/lab 2>&1) ||
    { echo "$log" >&2; fail "The driver could not be built."; }
  mkdir -p "${stamp%/*}"
  echo "$ACODE_SOURCES" >"$stamp"
}

driver() { dotnet "$root/out/lab/AcodeOps.Lab.dll" "$@"; }

# The machine's own PowerShell, where it is new enough for the module.
real_pwsh() {
  local version
  version=$(pwsh --version 2>/dev/null) && version=${version##* } || return 1
  local major=${version%%.*} minor=${version#*.}
  minor=${minor%%.*}
  [ "$major" -gt 7 ] || { [ "$major" -eq 7 ] && [ "$minor" -ge 4 ]; }
}

[ $# -gt 0 ] || fail "$usage"
command -v dotnet >/dev/null || fail "The .NET SDK 10 is missing: install it (apt-get install dotnet-sdk-10.0, or https://dotnet.microsoft.com/download) and run this again."
task=$1
shift
ACODE_SOURCES=$(fingerprint src AcodeOps.psd1 Directory.Build.props Directory.Packages.props global.json LICENSE CHANGELOG.md docs/help docs/licences)
ACODE_TESTS=$(fingerprint tests .editorconfig AcodeOps.sln)
export ACODE_SOURCES ACODE_TESTS

case $task in
  demo | test | package | lab | bench | format)
    build_driver
    exec dotnet "$root/out/lab/AcodeOps.Lab.dll" "$task" "$@"
    ;;
  shell)
    build_driver
    [ -n "$ACODE_SOURCES" ] && [ "$(cat "$root/out/.stamps/package" 2>/dev/null)" = "$ACODE_SOURCES" ] || driver package --quiet
    real_pwsh || exec dotnet "$root/out/lab/AcodeOps.Lab.dll" shell "$@"
    export PSModulePath=$root/out${PSModulePath:+:$PSModulePath}
    case ${1-} in
      '') exec pwsh -NoLogo -NoExit -Command 'Import-Module AcodeOps' ;;
      -c | -Command) shift; exec pwsh -NoLogo -NoProfile -Command "Import-Module AcodeOps; $*" ;;
      *) exec pwsh -NoLogo -NoProfile -File "$@" ;;
    esac
    ;;
  *) fail "$usage" ;;
esac
