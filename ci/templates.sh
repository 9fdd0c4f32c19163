#!/bin/sh
# templates.sh PACKAGE.deb KERNEL.elf SDK-APP: the CI templates in an empty project with a kernel of its own, and in
# one with an app of kernel_lib (a copy of the folder SDK-APP). Runs the scripts of their steps as they stand, in
# their order; apt-get is replaced by one that unpacks the package into a folder, and nothing of the network is used.
# Called by ci/sdk.sh.
set -eu
package=$(realpath "$1")
kernel=$(realpath "$2")
app=$(realpath "$3")
templates=$(cd "$(dirname "$0")/templates" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

fail() {
  echo "ci/templates.sh: $*" >&2
  exit 1
}

mkdir -p "$work/bin" "$work/root" "$work/project"
cat >"$work/bin/apt-get" <<EOF
#!/bin/sh
for word in "\$@"; do
  case \$word in *.deb) dpkg-deb -x "\$word" "$work/root" ;; esac
done
EOF
chmod +x "$work/bin/apt-get"
PATH=$work/bin:$work/root/usr/bin:$PATH
export PATH
unset UNIHARNESS_BUILD_DIR UNIHARNESS_PROFILE_PLUGIN

# The script of a step: the block behind its first "run: |", without its indentation.
step() {
  awk -v name="    - name: $1" '
    $0 == name { wanted = 1; next }
    /^    - name: / { wanted = 0 }
    wanted && /^      run: \|$/ { inside = 1; next }
    wanted && inside { sub(/^        /, ""); print }' "$templates/uniharness-gate/action.yml"
}

cd "$work/project"
printf 'my-kernel.elf:\n\tcp %s $@\n' "$kernel" >Makefile
cat >my-kernel.yaml <<'EOF'
name: my-kernel
image: {kernel: my-kernel.elf}
clock: counted
boots: 2
checks:
  - ending: pass
EOF
DEB=file://$package
SHA256=$(sha256sum "$package" | cut -d' ' -f1)
GITHUB_PATH=$work/path GITHUB_OUTPUT=$work/output GITHUB_STEP_SUMMARY=$work/summary
SCENARIO=my-kernel.yaml BASELINE=my-kernel.json ARGUMENTS='' OUT=reports/gate BUILD='make -s my-kernel.elf' FOLDER=''
export DEB SHA256 GITHUB_PATH GITHUB_OUTPUT GITHUB_STEP_SUMMARY SCENARIO BASELINE ARGUMENTS OUT BUILD FOLDER
export GITHUB_ACTIONS=true

if (SHA256=$(printf %064d 0) && export SHA256 && sh -c "$(step 'install uniharness')") >"$work/log" 2>&1; then
  fail "a package with another checksum was installed"
fi
sh -c "$(step 'install uniharness')" >"$work/log" 2>&1 || { cat "$work/log" >&2; fail "install"; }
sh -c "$(step 'build the project')"
uniharness baseline accept my-kernel.yaml --baseline my-kernel.json --why "first numbers" -q >"$work/log" 2>&1 ||
  { cat "$work/log" >&2; fail "baseline accept"; }
sh -c "$(step gate)" >"$work/log" 2>&1 || { cat "$work/log" >&2; fail "the gate of the same kernel"; }
sh -c "$(step 'name the reports')"
grep -qx 'name=uniharness-my-kernel' "$work/output" || fail "the name of the artifact"
[ -s reports/gate/report.html ] || fail "no report"
# A number that was lower in the baseline is a regression, and says so where GitHub looks.
sed 's/\("fibonacci avg": {"value":\)[0-9]*/\11/' my-kernel.json >lower.json
cmp -s my-kernel.json lower.json && fail "the baseline has no 'fibonacci avg'"
status=0
(BASELINE=lower.json && export BASELINE && sh -c "$(step gate)") >"$work/log" 2>&1 || status=$?
[ "$status" = 4 ] || { cat "$work/log" >&2; fail "the gate ended with $status, not 4"; }
grep -q '^::error .*::fibonacci avg: 1 ' "$work/log" || { cat "$work/log" >&2; fail "no annotation"; }
grep -q 'fibonacci avg' "$work/summary" || fail "the job's summary does not name the number"

# GitLab's job: its two scripts, line by line.
grep -q 'uniharness gate "$SCENARIO" --baseline "$BASELINE"' "$templates/gitlab-gate.yml" || fail "gitlab"
sed -n 's/^    - \(uniharness gate .*\)/\1/p' "$templates/gitlab-gate.yml" >"$work/gitlab.sh"
sh -eu "$work/gitlab.sh" >"$work/log" 2>&1 || { cat "$work/log" >&2; fail "GitLab's gate"; }
[ -s reports/gate/junit.xml ] && [ -s reports/gate.md ] || fail "GitLab's artifacts"
sed -n 's/^    - \(uniharness report export .*\)/\1/p' "$templates/gitlab-gate.yml" >"$work/after.sh"
quality=$(sed -n 's/^      codequality: //p' "$templates/gitlab-gate.yml")
sh -eu "$work/after.sh"
[ "$(cat "$quality")" = "[]" ] || fail "code quality finds something in a gate that passed"
status=0
(BASELINE=lower.json && export BASELINE && sh -eu "$work/gitlab.sh") >"$work/log" 2>&1 || status=$?
[ "$status" = 4 ] || { cat "$work/log" >&2; fail "GitLab's gate ended with $status, not 4"; }
sh -eu "$work/after.sh"
grep -q '"description": "my-kernel: regression' "$quality" || fail "code quality does not show the regression"

# An app of kernel_lib: the words of the example for it, in a copy of the SDK's.
word() {
  sed -n "s/^          $1: *//p" "$templates/github-gate-sdk.yml" | sed 's/ *#.*//'
}
cp -r "$app" "$work/app"
cd "$work/app"
SCENARIO=$(word scenario) BASELINE=$(word baseline) BUILD=$(word build)
CC=$(sed -n 's/^      CC: //p' "$templates/github-gate-sdk.yml")
CXX=$(sed -n 's/^      CXX: //p' "$templates/github-gate-sdk.yml")
CMAKE_PREFIX_PATH=$work/root/usr
export CC CXX CMAKE_PREFIX_PATH
sh -c "$(step 'build the project')" >"$work/log" 2>&1 || { cat "$work/log" >&2; fail "the build of the SDK's app"; }
uniharness baseline accept "$SCENARIO" --baseline "$BASELINE" --why "first numbers" -q >"$work/log" 2>&1 ||
  { cat "$work/log" >&2; fail "baseline accept of the SDK's app"; }
sh -c "$(step gate)" >"$work/log" 2>&1 || { cat "$work/log" >&2; fail "the gate of the SDK's app"; }
# One more instruction in its loop, and the gate finds it.
sed 's/end) ++\*counter;/end) { ++*counter; __asm__ volatile("nop"); }/' counter.c >changed.c
if cmp -s counter.c changed.c; then fail "counter.c has no loop to change"; fi
mv changed.c counter.c
status=0
sh -c "$(step gate)" >"$work/log" 2>&1 || status=$?
[ "$status" = 4 ] || { cat "$work/log" >&2; fail "a slower app of the SDK ended with $status, not 4"; }
echo "templates: a kernel of one's own and an app of the SDK were gated in empty projects"
