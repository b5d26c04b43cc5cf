/** What the process returns. Documented in docs/reference/cli.md and in `waymark --help`. */
export const EXIT = {
  ok: 0,
  failure: 1,
  usage: 2,
  notFound: 3,
  conflict: 4,
  checkFailed: 5,
  unreachable: 6,
  stopped: 7,
  abandoned: 8,
  interrupted: 130,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

export const EXIT_CODES_HELP = `
Exit codes:
  0  ok                          4  conflict (data folder in use, stale state)
  1  failure                     5  check failed (a script does not compile)
  2  wrong usage                 6  unreachable (nobody answers)
  3  not found                   7  a job was stopped; it can be restarted
                                 8  a job is abandoned
                               130  interrupted (Ctrl-C)`;
