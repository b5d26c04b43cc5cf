/** WM8xxx: the command line. */
import type { Explanation } from './explanation.ts';

export const COMMAND_LINE_EXPLANATIONS: Readonly<Record<string, Explanation>> = {
  WM8001: {
    title: 'There is no such script',
    why: 'The path names no file.',
    fix: 'Name a .ts, .mts, .js or .mjs file; relative paths begin at the current directory.',
  },
  WM8002: {
    title: 'There is no script in the folder',
    why: 'A script is a .ts, .mts, .js or .mjs file directly in the folder. Tests, declarations, *.config.ts, and names that begin with _ or . are none.',
    fix: 'Name the folder that holds the scripts.',
  },
  WM8003: {
    title: 'There is no such demo',
    why: 'The name is none of the demos.',
    fix: 'waymark demo --help lists them.',
  },
  WM8004: {
    title: 'The demo is not part of the package',
    why: 'Demos start many processes and come with the repository only.',
    fix: 'Run it in a clone: npm ci && npm run demo.',
  },
  WM8005: {
    title: 'The request was answered with an error',
    why: 'The script has failed, or the node has refused it. The message has the code of the answer, which waymark explain knows too.',
    fix: 'The log of the node that serves it has the place. If it had a checkpoint, it is kept: waymark instances list --status failed.',
  },
  WM8006: {
    title: 'There is no data folder',
    why: 'Nothing has run with this data folder yet, or it has another name.',
    fix: 'Name it with --data, or set WAYMARK_DATA.',
  },
  WM8007: {
    title: 'A running process holds the data folder',
    why: 'A data folder belongs to one process at a time, also for reading.',
    fix: 'Stop that process first; its instances go on when it starts again. Or look at a copy of the folder.',
  },
  WM8008: {
    title: 'There is no such folder',
    why: 'waymark serve needs a folder of scripts.',
    fix: 'Name the folder of your scripts.',
  },
  WM8009: {
    title: 'Nothing to retry',
    why: 'No instance of this script has failed after a checkpoint in this data folder. What fails before its first checkpoint leaves nothing behind.',
    fix: 'See waymark instances list --status failed, or run without --retry.',
  },
  WM8010: {
    title: 'The instance has failed',
    why: 'An instance that was resumed ended with an error, or could not be restored.',
    fix: 'waymark instances show <id> shows where. waymark run --retry goes on from its last checkpoint.',
  },
  WM8011: {
    title: 'The id is not unique',
    why: 'Several instances begin with what was given.',
    fix: 'Give more of the id.',
  },
  WM8012: {
    title: 'There is no such instance',
    why: 'The data folder does not know the id. Results are kept for a while (--keep-results), then the instance is forgotten.',
    fix: 'See waymark instances list.',
  },
  WM8013: {
    title: 'There is no such code',
    why: 'waymark explain knows every code that Waymark gives, and this is none of them.',
    fix: 'Copy it from the message: WM and four digits.',
  },
  WM8016: {
    title: 'The process that serves the data folder could not answer',
    why: 'waymark instances asks the process that holds the folder, through a socket in it, and got an error instead of an answer.',
    fix: 'See what the log of waymark serve says; both should be the same version of Waymark.',
  },
  WM8017: {
    title: 'The newest code is not known',
    why: 'No process serves the data folder, so waymark instances migrate has to compile the scripts itself.',
    fix: 'Name their folder with --scripts <folder>.',
  },
  WM8018: {
    title: 'The instance cannot be retried',
    why: 'Only an instance that has failed and has a sound checkpoint goes on from there. The message says what this one is.',
    fix: 'See waymark instances show. One that failed before its first checkpoint has left nothing: send its request again.',
  },
  WM8019: {
    title: 'The instance is in flight',
    why: 'Purging it would throw away work that may have been acknowledged.',
    fix: 'Wait for its end, or give --force: it is stopped where it is, and every trace of it is removed.',
  },
  WM8020: {
    title: 'Options of replication contradict each other',
    why: 'What --node-id, --peer and the other options of replication say together makes no sense, or one that is needed is missing.',
    fix: 'See the message; waymark serve --help says which options belong together.',
  },
  WM8021: {
    title: 'The node could not take over',
    why: 'A take-over was asked of the node that keeps the copies, and it failed half-way or could not begin.',
    fix: 'See the log of that node, then ask again: what was taken over already stays so.',
  },
  WM8022: {
    title: 'There is no such job',
    why: 'A job is named by the path of a module or of job XML, or by the name of a file without its ending: batch-jobs/<name>.xml, META-INF/batch-jobs/<name>.xml or jobs/<name>.ts in the current directory. The same is said of other files that a job was started with.',
    fix: 'Correct the name; relative paths begin at the current directory.',
  },
  WM8023: {
    title: 'A module of a job cannot be loaded',
    why: 'Node.js loads it as it is and takes the types away. It has a syntax error, imports something that is not there, or has thrown an error; the cause says which.',
    fix: 'Correct what the cause names. Imports of own modules have their endings (./reader.ts), and only types that can be erased are possible: no enum, no namespace.',
  },
  WM8024: {
    title: 'The module does not say which job',
    why: "A module exports its job as the default export, or exports one job in all. A job is what job('name') of waymark/batch makes.",
    fix: 'Export the job, or choose one with --export.',
  },
  WM8025: {
    title: 'The job parameters cannot be read',
    why: 'The file is not there, or is neither a JSON object of texts, numbers and booleans (.json) nor lines of name=value.',
    fix: 'Correct the file; the message has the line.',
  },
  WM8026: {
    title: 'The module exports no artifacts',
    why: 'The names in job XML stand for what an ArtifactRegistry of waymark/batch has, and --artifacts names the module that exports it.',
    fix: "Export one: export default new ArtifactRegistry().add('reader', ...).",
  },
  WM8027: {
    title: 'No job has run with the data folder',
    why: 'The executions of jobs are kept in jobs.db of the data folder, which is made by the first start.',
    fix: 'Name the folder with --data or WAYMARK_DATA, or the database with --repository.',
  },
  WM8028: {
    title: 'The job has never run',
    why: 'The job repository has no execution of a job with this name. The name of a job is its id, not that of its file.',
    fix: 'waymark job list shows what has run.',
  },
  WM8029: {
    title: 'No process serves jobs with this data folder',
    why: 'With --served a job is started in the process that runs waymark serve with the same data folder, and that serves jobs.',
    fix: 'Start it with waymark serve <scripts> --jobs <folder>, name the data folder with --data, or run the job without --served.',
  },
  WM8030: {
    title: 'JetStream cannot keep leases',
    why: 'With --take-over the right of a node to run its instances is a lease in JetStream. The NATS servers have refused to keep it: JetStream is not enabled, or there are fewer servers than --lease-replicas says.',
    fix: 'Enable JetStream (nats-server --jetstream, or jetstream in its configuration) on all servers of the cluster; give --lease-replicas 1 for a single server.',
  },
};
