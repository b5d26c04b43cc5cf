/** WM6xxx: messages between processes. */
import type { Explanation } from './explanation.ts';

export const TRANSPORT_EXPLANATIONS: Readonly<Record<string, Explanation>> = {
  WM6001: {
    title: 'Nobody listens on the subject',
    why: 'No process serves a script of this name, or it runs on another mesh (another --socket folder).',
    fix: 'Start the process that serves it, and give both the same --socket; or correct the subject.',
  },
  WM6002: {
    title: 'No reply in time',
    why: 'The service got the request, or may have got it, and has not answered within the time that was allowed.',
    fix: 'Send it again with the same request id: it is not done twice. Or allow more time.',
  },
  WM6003: {
    title: 'The transport is closed',
    why: 'Something was to be sent after the transport had been closed, or while it was.',
    fix: 'Stop what sends before the transport.',
  },
  WM6004: {
    title: 'The request was given up',
    why: 'Whoever sent it has aborted it. It may have been done all the same.',
    fix: 'Nothing, if it was meant so.',
  },
  WM6005: {
    title: 'Not a subject',
    why: 'Subjects are words of A-Z a-z 0-9 _ - with single dots between. The name of a script file becomes a subject.',
    fix: 'Rename the file, or correct the first argument of call() or publish().',
  },
  WM6006: {
    title: 'The message is too large',
    why: 'A message has more bytes than this transport takes.',
    fix: 'Put the data into a file or a database and send where it is, or raise the limit on every member.',
  },
  WM6007: {
    title: 'The receiver does not keep up',
    why: 'So much waits for one process that further messages to it are dropped: it hangs, is stopped, or is overloaded.',
    fix: 'See to that process. What is held by checkpoints and calls is sent again.',
  },
  WM6008: {
    title: 'A process speaks another language',
    why: 'Bytes came that are no message of this version. The connection was closed.',
    fix: 'Let all processes of the folder run the same version of Waymark.',
  },
  WM6009: {
    title: 'The id is taken',
    why: 'Another process, or another transport of this one, has the id already.',
    fix: 'Leave the id out, or give each its own.',
  },
  WM6010: {
    title: 'The path of the socket is too long',
    why: 'Operating systems allow about 100 bytes for the path of a Unix socket.',
    fix: 'Choose a folder with a shorter path for --socket, for example below /tmp or /run.',
  },
  WM6011: {
    title: 'No Unix sockets here',
    why: 'The local transport between processes needs them.',
    fix: 'Use one process, or another transport.',
  },
  WM6012: {
    title: 'A handler threw',
    why: 'Code that was given to the transport has thrown an error while it took a message. The message is lost for it.',
    fix: 'Catch errors in the handler.',
  },
  WM6013: {
    title: 'A header is not allowed',
    why: 'Names of headers are lower case letters, digits, - and _; values are text without line breaks.',
    fix: 'Correct the header, or put the value into the data.',
  },
  WM6014: {
    title: 'No connection',
    why: 'The process could not listen or connect: a folder that cannot be written to, or a server that refuses.',
    fix: 'Check the folder given by --socket, or the address and the rights at the server.',
  },
  WM6015: {
    title: 'The transport is configured wrongly',
    why: 'An address, a file or the credentials that it was given cannot be used.',
    fix: 'See the message, and correct the setting that it names.',
  },
};
