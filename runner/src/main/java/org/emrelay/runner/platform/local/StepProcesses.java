package org.emrelay.runner.platform.local;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/**
 * The processes that an attempt started.
 *
 * <p>Its JVM's children lose their parent when the JVM ends, so they are found by a variable in their environment. Only Linux shows it to
 * others.
 */
record StepProcesses(Path attempt) {
    /** The environment variable that each process of an attempt inherits: the attempt's directory. */
    static final String VARIABLE = "EMRELAY_ATTEMPT";

    private static final Path PROC = Path.of("/proc");
    private static final int SESSION_FIELD = 3;

    /** A process that forks faster than it can be killed must not keep the runner from going on. */
    private static final int MAX_KILL_ROUNDS = 10;

    /** Kills what is left of the attempt. Returns the processes that detached themselves: those in a session of their own. */
    List<ProcessHandle> killRest() {
        String session = session(ProcessHandle.current());
        if (session.isEmpty()) {
            return List.of();
        }
        Predicate<ProcessHandle> isAttached = process -> session(process).equals(session);
        for (int round = 0; round < MAX_KILL_ROUNDS; round++) {
            List<ProcessHandle> attached = running().stream().filter(isAttached).toList();
            if (attached.isEmpty()) {
                break;
            }
            attached.forEach(ProcessHandle::destroyForcibly);
        }
        return running().stream().filter(isAttached.negate()).toList();
    }

    private List<ProcessHandle> running() {
        String variable = VARIABLE + "=" + attempt;
        return ProcessHandle.allProcesses()
                .filter(process ->
                        Arrays.asList(read(process, "environ").split("\0")).contains(variable))
                .toList();
    }

    /** The session id, which a process keeps until it detaches itself; empty for a process that has ended. */
    private static String session(ProcessHandle process) {
        String stat = read(process, "stat");
        // The name, in parentheses, may contain blanks.
        String[] fields = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ", -1);
        return fields.length > SESSION_FIELD ? fields[SESSION_FIELD] : "";
    }

    /** Empty for processes of other users, and for those that have ended. */
    private static String read(ProcessHandle process, String file) {
        try {
            return Files.readString(PROC.resolve(Long.toString(process.pid())).resolve(file), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            return "";
        }
    }
}
