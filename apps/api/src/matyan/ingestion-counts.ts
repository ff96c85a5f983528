/** What came over the sockets of runs since this process began; open ones are counted as they are. */
export const ingestion = { sockets: 0, frames: 0, messages: 0 };

/** In the text format of Prometheus. */
export function prometheusText(): string {
  const lines = [
    ['millrace_run_sockets', 'gauge', 'Open WebSockets of runs', ingestion.sockets],
    ['millrace_run_frames_total', 'counter', 'Frames received', ingestion.frames],
    ['millrace_run_messages_total', 'counter', 'Messages received', ingestion.messages],
    ['process_resident_memory_bytes', 'gauge', 'Resident memory', process.memoryUsage.rss()],
  ] as const;
  return lines
    .map(([name, type, help, value]) => `# HELP ${name} ${help}.\n# TYPE ${name} ${type}\n${name} ${value}\n`)
    .join('');
}
