import { spawn } from 'node:child_process';

// Keeps a list of process numbers told on its standard input. When the input ends, its parent is gone: whatever is still
// on the list is asked to stop, and ended after half a minute.
const SCRIPT = `
list=
while read -r op pid; do
  case $op in
    +) list="$list $pid" ;;
    -) kept=; for p in $list; do [ "$p" = "$pid" ] || kept="$kept $p"; done; list=$kept ;;
  esac
done
any() { for p in $list; do kill -0 "$p" 2>/dev/null && return 0; done; return 1; }
any || exit 0
kill -TERM $list 2>/dev/null
n=0
while [ $n -lt 30 ] && any; do sleep 1; n=$((n+1)); done
any && kill -KILL $list 2>/dev/null
`;

export type OrphanGuard = { add: (pid: number) => void; remove: (pid: number) => void; dismiss: () => void };

/** Makes sure that the children do not outlive this process, not even after `kill -9`: a small shell waits for its end. */
export function startOrphanGuard(): OrphanGuard {
  const guard = spawn('/bin/sh', ['-c', SCRIPT], { cwd: '/', detached: true, stdio: ['pipe', 'ignore', 'ignore'] });
  // Without a shell there is no guard; the next start then ends what is left over.
  guard.on('error', () => undefined);
  guard.stdin.on('error', () => undefined);
  guard.unref();
  return {
    add: (pid) => guard.stdin.write(`+ ${pid}\n`),
    remove: (pid) => guard.stdin.write(`- ${pid}\n`),
    dismiss: () => guard.stdin.end(),
  };
}
