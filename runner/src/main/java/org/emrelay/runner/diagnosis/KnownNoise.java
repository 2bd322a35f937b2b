package org.emrelay.runner.diagnosis;

import java.util.Set;
import java.util.regex.Pattern;

/**
 * Recognizes logged errors that are never the root cause.
 *
 * <p>Spark and Hadoop log them on success and failure alike.
 */
final class KnownNoise {
    private static final int MAX_MATCHED_LENGTH = 300;
    private static final Set<String> LOGGERS = Set.of(
            "NativeCodeLoader",
            "ShutdownHookManager",
            "MetricsConfig",
            "MetricsSystem",
            "MetricsSystemImpl",
            "TransportChannelHandler",
            "TransportResponseHandler",
            "StatusLogger");
    private static final Pattern MESSAGE = Pattern.compile(
            "(?i)shutdown[- ]hook(?! called before final)|Failed to delete|Exception while deleting|SparkContext was shut ?down|Error stopping|Exception while stopping"
                    + "|Your hostname|RECEIVED SIGNAL|has already stopped|already been stopped|Connection to \\S+ closed|Failed to send RPC"
                    + "|Ignoring error|Killed by driver|killed by the ApplicationMaster|Exception ignored in");
    private static final Phrases MESSAGE_PHRASES = Phrases.of(
            "shutdown hook",
            "shutdown-hook",
            "Failed to delete",
            "Exception while ",
            "SparkContext was shut",
            "Error stopping",
            "Your hostname",
            "RECEIVED SIGNAL",
            "already stopped",
            "already been stopped",
            "Connection to ",
            "Failed to send RPC",
            "Ignoring error",
            "Killed by ",
            "Exception ignored in");
    private static final Pattern SHUTDOWN_EXCEPTION = Pattern.compile(
            "SparkContext was shut ?down|^(?:\\w+\\.)*(?:InterruptedException|ClosedByInterruptException|TaskKilledException|InterruptedIOException"
                    + "|KeyboardInterrupt|RejectedExecutionException)\\b|^TaskKilled \\(");
    private static final Pattern CONSEQUENCE = Pattern.compile(
            "stopped SparkContext|Py4JError: An error occurred while calling|Py4JNetworkError|Answer from Java side is empty|Remote RPC client disassociated|Slave lost|worker lost"
                    + "|heartbeat timed out|YARN application has exited unexpectedly|Driver \\S+ disassociated"
                    + "|User application exited with|Command exited with code|Container released on a \\*lost\\* node|aborting job|aborted\\.$");

    private static final Phrases CONSEQUENCE_PHRASES = Phrases.of(
            "stopped SparkContext",
            "An error occurred while calling",
            "Py4JNetworkError",
            "Answer from Java side is empty",
            "disassociated",
            "Slave lost",
            "worker lost",
            "heartbeat timed out",
            "YARN application has exited unexpectedly",
            "User application exited with",
            "Command exited with code",
            "Container released on a ",
            "aborting job",
            "aborted.");

    private static final Pattern STATUS_REPORT =
            Pattern.compile("Application application_\\S+ (?:finished with|is killed)");

    private KnownNoise() {}

    static boolean isNoise(LogHeader header) {
        String logger = header.logger();
        return LOGGERS.contains(logger.substring(logger.lastIndexOf('.') + 1)) || isNoise(header.message());
    }

    /** Start-up warnings that never have a stack trace: one that follows belongs to something else. */
    static boolean isTraceless(LogHeader header) {
        return header.logger().endsWith("NativeCodeLoader") || header.message().startsWith("Your hostname");
    }

    static boolean isNoise(String message) {
        String start = message.length() > MAX_MATCHED_LENGTH ? message.substring(0, MAX_MATCHED_LENGTH) : message;
        return MESSAGE_PHRASES.occurIn(start) && MESSAGE.matcher(start).find();
    }

    /** Whether the exception is thrown by shutting down itself. */
    static boolean isShutdownException(String text) {
        boolean possible = text.contains("was shut")
                || text.contains("Interrupt")
                || text.contains("TaskKilled")
                || text.contains("RejectedExecutionException");
        return possible && SHUTDOWN_EXCEPTION.matcher(text).find();
    }

    /** Whether Spark's client reports that the application failed, without the cause. */
    static boolean isStatusReport(String text) {
        return text.contains("Application application_")
                && STATUS_REPORT.matcher(text).find();
    }

    static boolean isConsequence(String text) {
        return CONSEQUENCE_PHRASES.occurIn(text) && CONSEQUENCE.matcher(text).find();
    }
}
