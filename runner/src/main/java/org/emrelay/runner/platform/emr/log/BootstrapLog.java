package org.emrelay.runner.platform.emr.log;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.emrelay.runner.platform.aws.client.AwsContext;
import org.emrelay.runner.platform.aws.client.AwsException;
import org.emrelay.runner.platform.aws.s3.S3Uri;

/**
 * Reads the end of a failed bootstrap action's stderr from the log bucket.
 *
 * <p>EMR uploads a node's logs when the node terminates. The cluster's reason names only the node and the action's number.
 */
public record BootstrapLog(AwsContext aws) {
    private static final Pattern FAILED =
            Pattern.compile("(?is).*instance \\(?(i-[0-9a-f]+)\\)?.*bootstrap action (\\d+).*");
    private static final Duration UPLOAD_BUDGET = Duration.ofMinutes(3);
    private static final int MAX_LINES = 20;
    private static final int MAX_BYTES = 8192;

    /**
     * Returns the node, the action and the end of stderr; empty if the cluster ended for another reason or no log arrives.
     *
     * @param reason why the cluster ended
     */
    public Optional<String> tail(String logUri, String clusterId, String reason) {
        Matcher failed = FAILED.matcher(reason);
        Optional<S3Uri> clusterLogs = S3Uri.parse(logUri);
        if (!failed.matches() || clusterLogs.isEmpty()) {
            return Optional.empty();
        }
        String node = failed.group(1);
        String action = failed.group(2);
        S3Uri folder = clusterLogs.get().resolve(clusterId + "/node/" + node + "/bootstrap-actions/" + action);
        Supplier<Optional<String>> lookup = () -> read(folder);
        try {
            return lookup.get()
                    .or(() -> aws.retry().poll(6, UPLOAD_BUDGET, lookup))
                    .map(log -> "On node " + node + ", bootstrap action " + action + " last wrote (" + folder
                            + "/stderr.gz):\n" + log);
        } catch (AwsException unreadable) {
            return Optional.empty();
        }
    }

    private Optional<String> read(S3Uri folder) {
        LogBucket logs = new LogBucket(aws);
        return logs.list(folder.bucket(), folder.key() + "/").stream()
                .filter(log -> log.isKind("stderr"))
                .findFirst()
                .flatMap(log -> logs.read(log, BootstrapLog::lastLines));
    }

    /** Needs constant memory: the node may have written anything, such as one endless line. */
    static String lastLines(InputStream log) throws IOException {
        byte[] end = new byte[2 * MAX_BYTES];
        int length = log.readNBytes(end, 0, end.length);
        while (length == end.length) {
            System.arraycopy(end, MAX_BYTES, end, 0, MAX_BYTES);
            length = MAX_BYTES + log.readNBytes(end, MAX_BYTES, MAX_BYTES);
        }
        int start = Math.max(0, length - MAX_BYTES);
        String text = new String(end, start, length - start, StandardCharsets.UTF_8);
        List<String> lines = text.strip().lines().toList();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - MAX_LINES), lines.size()));
    }
}
