import { cutStuckStreams } from './cut-stuck-streams';
import { beginShutdown } from './shutdown';

// Next waits for open responses before it exits; a stream of a long job would hold up a deploy.
process.once('SIGTERM', beginShutdown);
process.once('SIGINT', beginShutdown);
cutStuckStreams();
