package org.emrelay.runner.diagnosis;

import java.util.Set;
import java.util.regex.Pattern;

/** What Spark and Hadoop log around every failure, and around every success, that is never the reason for one. */
final class KnownNoise {
    private static final int LONGEST_SENTENCE = 300;
    private static final Set<String> LOGGERS = Set.of(
            "NativeCodeLoader",
            "ShutdownHookManager",
            "MetricsConfig",
            "MetricsSystem",
            "MetricsSystemImpl",
            "TransportChannelHandler",
            "TransportResponseHandler",
            "StatusLogger");
    private static final Pattern SENTENCE = Pattern.compile(
            "(?i)shutdown[- ]hook|Failed to delete|Exception while deleting|SparkContext was shut ?down|Error stopping|Exception while stopping"
                    + "|Your hostname|RECEIVED SIGNAL|has already stopped|already been stopped|Connection to \\S+ closed|Failed to send RPC"
                    + "|Ignoring error|Killed by driver|killed by the ApplicationMaster|Exception ignored in");
    private static final Pattern STOPPED = Pattern.compile(
            "SparkContext was shut ?down|^(?:\\w+\\.)*(?:InterruptedException|ClosedByInterruptException|TaskKilledException|InterruptedIOException"
                    + "|KeyboardInterrupt|RejectedExecutionException)\\b|^TaskKilled \\(");
    private static final Pattern CONSEQUENCE = Pattern.compile(
            "stopped SparkContext|Py4JError: An error occurred while calling|Py4JNetworkError|Answer from Java side is empty|Remote RPC client disassociated|Slave lost|worker lost"
                    + "|heartbeat timed out|YARN application has exited unexpectedly|Application application_\\S+ finished with"
                    + "|User application exited with|Command exited with code|Container released on a \\*lost\\* node|aborting job|aborted\\.$");

    private KnownNoise() {}

    static boolean inHeader(LogHeader header) {
        String logger = header.logger();
        return LOGGERS.contains(logger.substring(logger.lastIndexOf('.') + 1)) || isSaidIn(header.message());
    }

    /** Warnings of each start, which never have a stack of their own. */
    static boolean isTraceless(LogHeader header) {
        return header.logger().endsWith("NativeCodeLoader") || header.message().startsWith("Your hostname");
    }

    static boolean isSaidIn(String sentence) {
        return SENTENCE.matcher(sentence)
                .region(0, Math.min(sentence.length(), LONGEST_SENTENCE))
                .find();
    }

    /** An exception that stopping itself throws. */
    static boolean isOfStopping(String text) {
        return STOPPED.matcher(text).find();
    }

    static boolean isConsequence(String text) {
        return CONSEQUENCE.matcher(text).find();
    }
}
