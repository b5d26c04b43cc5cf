/** WM9xxx: batch jobs. */
import type { Explanation } from './explanation.ts';

export const BATCH_EXPLANATIONS: Readonly<Record<string, Explanation>> = {
  WM9001: {
    title: 'Job XML that is not well-formed',
    why: 'The document is not XML: a tag is not closed, an attribute has no quotes, an entity or a namespace prefix is not known.',
    fix: 'Correct the document at the line that is shown, or shortly before.',
  },
  WM9002: {
    title: 'Something in job XML that the schema does not allow there',
    why: 'An element or text stands where the job XML schema of Jakarta Batch 2.1 has none.',
    fix: 'Remove it, or use one of the elements that the message names.',
  },
  WM9003: {
    title: 'An attribute that the element does not have',
    why: 'The job XML schema does not know the attribute for this element. Often it is misspelled.',
    fix: 'Correct or remove it.',
  },
  WM9004: {
    title: 'An attribute is missing',
    why: 'The job XML schema requires the attribute for this element.',
    fix: 'Add it.',
  },
  WM9005: {
    title: 'An element is missing',
    why: 'A step without a chunk or a batchlet, a chunk without a reader or a writer, a partition without a plan or a mapper: it could not run.',
    fix: 'Add the element.',
  },
  WM9006: {
    title: 'Elements of job XML in the wrong order, or too many of them',
    why: 'The schema fixes the order of elements in their parent, and allows some of them once only.',
    fix: 'Put them into the order: properties, listeners, then the work, the partition and the transitions; and remove what is there twice.',
  },
  WM9007: {
    title: 'Not a job',
    why: 'The element of the document is not the one that was expected, has the namespace of something else, or says a version that does not exist.',
    fix: 'Use <job> with the namespace https://jakarta.ee/xml/ns/jakartaee, or the older http://xmlns.jcp.org/xml/ns/javaee.',
  },
  WM9030: {
    title: 'A run of a job has lost its lease',
    why: 'A process that runs a job renews its lease again and again. This one could not for too long: it was paused, or cut off from the job repository. Another process may have restarted the job meanwhile, so nothing more is written by this one.',
    fix: 'Nothing: the job goes on from the last checkpoint when it is restarted. If it happens often, give leases more time.',
  },
  WM9040: {
    title: 'A job cannot start',
    why: 'Its definition was checked as a whole before anything ran, with the parameters of this start. The message lists everything that was found, each with its place and a code of its own.',
    fix: 'Correct the definition, or the parameters.',
  },
  WM9041: {
    title: 'A value of a job definition is not what its field takes',
    why: 'After substitution a number, a truth value or one of a few words was expected. An item-count below 1 is refused here too.',
    fix: 'Write what the message asks for; a `#{...}` in the value may have been replaced by nothing.',
  },
  WM9042: {
    title: 'A substitution is not well-formed',
    why: "Between `#{` and `}` stands the source and the name: `#{jobParameters['day']}`. Sources are jobParameters, jobProperties, systemProperties and, in partitioned steps, partitionPlan. A default follows as `?:text;`.",
    fix: 'Correct the expression.',
  },
  WM9043: {
    title: 'Two elements of a job have the same id',
    why: 'Steps, flows, splits and decisions share one set of ids, across the whole job.',
    fix: 'Rename one of them.',
  },
  WM9044: {
    title: 'A transition leads to an element that is not there',
    why: 'What `next`, `to` or `restart` names must be an element of the same flow, or of the job for elements of the job. `restart` always names an element of the job.',
    fix: 'Correct the name, or move the element.',
  },
  WM9045: {
    title: 'The elements of a job form a loop',
    why: 'No element may be reached twice in one execution.',
    fix: 'Remove the transition that leads back; repeat the work inside a step.',
  },
  WM9046: {
    title: 'An element stands where it may not',
    why: 'A decision decides on what ran before it, so it cannot be the first.',
    fix: 'Put a step before it.',
  },
  WM9047: {
    title: 'An artifact is not known',
    why: 'Readers, writers, batchlets, listeners and so on are named in a job definition, and made by what the artifact registry has under that name.',
    fix: 'Register it under this name, or correct the name.',
  },
  WM9048: {
    title: 'An exception class is not known',
    why: 'Skip, retry and no-rollback filters name exception classes. A name that no error can have would never match anything.',
    fix: 'Register the class under this name, with its parent; or correct the name.',
  },
  WM9049: {
    title: 'Something is missing in a job definition, or too much',
    why: 'A part that the element needs is not there, or two are there that exclude each other.',
    fix: 'See the message.',
  },
  WM9050: {
    title: 'There is no such job',
    why: 'Neither a definition nor an instance in the job repository has this name.',
    fix: 'Check the name.',
  },
  WM9051: {
    title: 'There is no such job instance',
    why: 'The job repository has none with this id; it may have been purged.',
    fix: 'List the instances of the job.',
  },
  WM9052: {
    title: 'There is no such job execution',
    why: 'The job repository has none with this id; it may have been purged.',
    fix: 'List the executions of the instance.',
  },
  WM9053: {
    title: 'A job execution is running',
    why: 'An instance has at most one running execution. Its owner is alive: it has renewed its lease in time.',
    fix: 'Wait, or stop it. If its process is dead, its lease runs out soon, and then it counts as failed.',
  },
  WM9054: {
    title: 'A job execution is not running',
    why: 'Only what is running can be stopped.',
    fix: 'Look at its status: it may have ended a moment ago.',
  },
  WM9055: {
    title: 'A job execution is not the most recent of its instance',
    why: 'A later execution has gone on from it already; only the last one can be restarted.',
    fix: 'Restart the most recent one.',
  },
  WM9056: {
    title: 'A job instance has completed',
    why: 'An execution that has completed cannot be restarted, and with identity by parameters the same parameters mean the same instance.',
    fix: 'Start it with other identifying parameters.',
  },
  WM9057: {
    title: 'A job execution cannot be restarted',
    why: 'It was abandoned, or the job says that it is not restartable.',
    fix: 'Start a new instance.',
  },
  WM9060: {
    title: 'An artifact is not of the right kind',
    why: 'What the registry or the definition made lacks a method that the place where it is used needs, such as readItem of a reader.',
    fix: 'Check which artifact is named, and the names of its methods.',
  },
  WM9061: {
    title: "A chunk's transaction has taken too long",
    why: 'More time passed than the checkpoint algorithm or the step property `jakarta.transaction.global.timeout` (180 seconds by default) allows. The transaction is rolled back, as if the write had failed. What an async reader, processor, writer or listener has not answered by then is not waited for any longer; synchronous code cannot be interrupted, its commit is refused when it has ended.',
    fix: 'Give calls over the network a time limit of their own; make chunks smaller, or give them more time (0 is without limit).',
  },
  WM9062: {
    title: 'The number of partitions has changed at a restart',
    why: 'Partitions that have not ended go on from their own checkpoints, so there must be as many as before.',
    fix: 'Give the same number, or override the partitions of before: then all begin anew.',
  },
  WM9063: {
    title: 'A step has been started too often',
    why: 'Its start-limit counts the starts over all executions of the job instance.',
    fix: 'Raise the start-limit, or find out why the step fails again and again.',
  },
  WM9064: {
    title: 'A checkpoint cannot be saved',
    why: 'What checkpointInfo gave, or the persistent user data, holds a value that cannot be kept: a socket, a function, an instance of a class.',
    fix: 'Use plain data: numbers, texts, dates, maps, lists.',
  },
  WM9065: {
    title: 'The record of a chunk cannot be read',
    why: 'Its bytes are damaged, or were written by a newer Waymark.',
    fix: 'Run the version that wrote it. If it is damaged, purge the instance and start a new one.',
  },
  WM9066: {
    title: 'A reader cannot go back',
    why: 'A chunk was rolled back, or the job restarted, and the items have to be read again; but the reader was given an iterator, which can be gone through only once.',
    fix: 'Give a function that makes the iterable, from a cursor on if possible. Or choose the recovery mode scan.',
  },
  WM9067: {
    title: 'A partition plan makes no sense',
    why: 'The number of partitions or of threads is below 1 or no whole number, or there are properties for partitions that do not exist.',
    fix: 'Correct the plan, or what the partition mapper returns.',
  },
  WM9068: {
    title: "A chunk's record is in another database",
    why: 'The step has been run by an earlier execution with a writer of another kind, so its checkpoint is not where this writer looks.',
    fix: 'Restart it with the writer that it began with.',
  },
  WM9069: {
    title: 'The job repository was asked for something that makes no sense',
    why: 'A record was to be changed that is not there, or that has ended.',
    fix: 'This is a defect of Waymark or of the program that embeds it; the repository is as before.',
  },
  WM9070: {
    title: 'Worker threads cannot find the job',
    why: 'A step spreads its partitions over worker threads, of its process or of other nodes. These load the module of the job, because functions cannot be sent to them, and nobody has said which module it is.',
    fix: "Tell the job its module, `job('name', { module: import.meta.url })`, and export it there. For job XML tell the registry: `new ArtifactRegistry().fromModule(import.meta.url)`. `waymark job` does it by itself.",
  },
  WM9071: {
    title: 'A worker thread of a partition has ended, or cannot run it',
    why: 'An error that nobody caught or `process.exit` has ended the thread, or a lack of memory (which may also end the whole process), or its module does not export the job there.',
    fix: 'Find out why from the message. The partition is FAILED, the others ran on; a restart goes on after its last checkpoint.',
  },
  WM9072: {
    title: 'A module starts a job while a worker thread loads it',
    why: 'Worker threads load the module that exports the job. If that module also starts the job, every worker would start it once more.',
    fix: 'Start the job in another module, or only `if (isMainThread)` (of `node:worker_threads`).',
  },
  WM9073: {
    title: 'What a partition has collected cannot be sent',
    why: 'The collector of a partition in a worker thread gave something that is no data: a function, for instance.',
    fix: 'Let it give plain data: numbers, texts, dates, maps, lists.',
  },
  WM9074: {
    title: 'A node that ran a partition is lost',
    why: 'A partition of a step with `nodes` ran on another node, and that was not heard of for longer than a lease, or has stopped. Another node, or that of the job, goes on with the partition after its last checkpoint. A partition that has lost five nodes is FAILED: it may be what ends them.',
    fix: 'Nothing, if a node was stopped or has crashed. If it is always the same partition, find out what it does to its node (memory, `process.exit`, work that blocks a node for seconds); then restart the job.',
  },
  WM9075: {
    title: 'A node has other code of a job',
    why: 'Nodes run partitions for each other only if the definition of the job, its modules and what these import by relative path are the same, byte by byte. Other nodes run its partitions.',
    fix: 'Give all nodes the same files, and start those anew whose files have been changed.',
  },
  WM9076: {
    title: 'A partition on another machine writes to a database that is a file',
    why: 'A step with `nodes` has a writer with transactions in SQLite, and a node on another machine was to run a partition of it. Its file is not that of the job: rows and checkpoints would be spread over machines.',
    fix: 'Write to a database that all nodes reach (PostgreSQL, MySQL), or leave the partitions of this step on one node (`nodes` is 1 by default).',
  },
  WM9077: {
    title: 'The list of stopped jobs is damaged',
    why: 'When `waymark serve` is stopped, it writes to stopped-jobs.json which executions go on with the next start. That file holds something else: after a loss of power, or because it was edited.',
    fix: 'Nothing is lost but the order to go on. `waymark job list` shows the executions that are STOPPED, `waymark job restart JOB` lets one go on.',
  },
};
