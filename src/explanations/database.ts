/** WM95xx: SQL databases that jobs and migrations read and write. WM96xx: readers and writers of items. */
import type { Explanation } from './explanation.ts';

export const DATABASE_EXPLANATIONS: Readonly<Record<string, Explanation>> = {
  WM9501: {
    title: 'The driver of the database is not installed',
    why: 'Drivers are optional: pg and pg-cursor for PostgreSQL, mysql2 for MySQL and MariaDB. SQLite needs none.',
    fix: 'Run the npm command that the message names.',
  },
  WM9502: {
    title: 'The database cannot be reached',
    why: 'It does not run, its address, user or password is wrong, it has no more connections to give, or the connection broke.',
    fix: 'Check those. A job that stopped because of it goes on from its last checkpoint when it is restarted.',
  },
  WM9503: {
    title: 'A statement failed',
    why: 'The database refused the statement that the message shows: a table or column that is not there, a right that is missing, an error in the SQL.',
    fix: 'Correct the statement, or the tables.',
  },
  WM9504: {
    title: 'It is not known whether a transaction was committed',
    why: 'The connection broke after the commit was asked for and before its answer came.',
    fix: 'Restart the job. Where to go on is written in the same transaction as the items, so that either both are there or neither is.',
  },
  WM9505: {
    title: 'Another transaction was in the way',
    why: 'A deadlock, a lock that somebody holds too long, or a change that cannot be put in order with another one. The transaction was rolled back.',
    fix: 'Do it again; jobs can name ConflictError as retryable.',
  },
  WM9506: {
    title: 'A table refuses a row',
    why: 'The row breaks a rule of its table (unique, not null, check, foreign key), or a value does not fit its column.',
    fix: 'Correct the row, or let the job skip ConstraintViolationError. Rows that may be there already are written with an upsert.',
  },
  WM9507: {
    title: 'The database was closed',
    why: 'A statement was to be run after the database had been closed.',
    fix: 'Close it after the jobs that use it have ended.',
  },
  WM9508: {
    title: 'The transaction has ended',
    why: 'Something kept a transaction (or its client) and used it after its commit or rollback. Every chunk has a transaction of its own.',
    fix: 'Ask for the transaction at each call.',
  },
  WM9509: {
    title: 'Not the address of a database',
    why: 'Addresses begin with postgres:, mysql:, mariadb:, sqlite: or file:.',
    fix: 'Write the address as the message shows.',
  },
  WM9510: {
    title: 'A value that no column can hold',
    why: 'A function or a symbol was given as the parameter of a statement.',
    fix: 'Give text, numbers, dates, bytes, null, or plain objects, which are stored as JSON.',
  },
  WM9601: {
    title: 'A malformed item',
    why: 'A record of a CSV file, a line, an element is not what it should be, or the function that makes the item of it refused it. The reader can go on with the next one.',
    fix: 'Correct the source, or let the job skip MalformedItemError.',
  },
  WM9602: {
    title: 'The source cannot be read',
    why: 'The file is missing or may not be read, it is not of the format that the reader reads, or it ends too early. The reader would not know where to go on.',
    fix: 'Correct the path or the file, and restart the job: it goes on at its last checkpoint.',
  },
  WM9603: {
    title: 'The source has changed since the checkpoint',
    why: 'A restart wants to go on where the run before has stopped, and the source has less than that.',
    fix: 'Put back the source that the job began with, or start a new instance of the job.',
  },
  WM9604: {
    title: 'The target has changed, or cannot be written',
    why: 'A file is shorter than at the checkpoint, may not be written, or a row that a statement should change is not there.',
    fix: 'Put the file back as it was, or start a new instance of the job.',
  },
  WM9605: {
    title: 'A writer without its transaction',
    why: 'A writer of a database writes in the transaction of the chunk, and the step has none, or one of another database.',
    fix: 'Let all writers of a step that write to databases share one SqlTransactionResource.',
  },
  WM9606: {
    title: 'A reader or writer was given something that it cannot use',
    why: 'A layout without widths, a keyset without a key, writers of two databases in one step, a value that does not fit its field.',
    fix: 'Correct what the message names; an item that does not fit can be skipped.',
  },
  WM9607: {
    title: 'A page was not answered',
    why: 'The server refused the request, did not answer after all retries, or answered something that is no page of items.',
    fix: 'Check the address and what the server says to it. A restart asks for the same page again.',
  },
};
