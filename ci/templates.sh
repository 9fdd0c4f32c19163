#!/bin/sh
# templates.sh PACKAGE.deb KERNEL.elf: the CI templates in an empty project with a kernel of its own. Runs the
# scripts of their steps as they stand, in their order; apt-get is replaced by one that unpacks the package into a
# folder, and nothing of the network is used. Called by ci/sdk.sh.
set -eu
package=$(realpath "$1")
kernel=$(realpath "$2")
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
echo "templates: an empty project with a kernel of its own was gated by both"
