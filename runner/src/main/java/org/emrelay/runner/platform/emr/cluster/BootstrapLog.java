package org.emrelay.runner.platform.emr.cluster;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.emrelay.runner.platform.aws.client.AwsContext;
import org.emrelay.runner.platform.aws.client.AwsException;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Reads the end of a failed bootstrap action's stderr from the log bucket.
 *
 * <p>EMR uploads a node's logs when the node terminates. The cluster's reason names only the node and the action's number.
 */
final class BootstrapLog {
    private static final Pattern FAILED =
            Pattern.compile("(?is).*instance \\(?(i-[0-9a-f]+)\\)?.*bootstrap action (\\d+).*");
    private static final Pattern LOG_URI = Pattern.compile("s3[an]?://([^/]+)/?(.*?)/?");
    private static final Duration UPLOAD_BUDGET = Duration.ofMinutes(3);
    private static final int MAX_LINES = 20;

    private final AwsContext aws;

    BootstrapLog(AwsContext aws) {
        this.aws = aws;
    }

    /** Returns the node, the action and the end of stderr; empty if the cluster ended for another reason or no log arrives. */
    Optional<String> tail(EmrCluster cluster) {
        Matcher failed = FAILED.matcher(cluster.reason());
        Matcher uri = LOG_URI.matcher(cluster.logUri());
        if (!failed.matches() || !uri.matches()) {
            return Optional.empty();
        }
        String node = failed.group(1);
        String action = failed.group(2);
        String prefix = uri.group(2).isEmpty() ? "" : uri.group(2) + "/";
        String folder = prefix + cluster.id() + "/node/" + node + "/bootstrap-actions/" + action + "/";
        Supplier<Optional<String>> lookup = () -> read(uri.group(1), folder);
        try {
            return lookup.get()
                    .or(() -> aws.retry().poll(6, UPLOAD_BUDGET, lookup))
                    .map(log -> "On node " + node + ", bootstrap action " + action + " last wrote (s3://" + uri.group(1)
                            + "/" + folder + "stderr.gz):\n" + lastLines(log));
        } catch (AwsException unreadable) {
            return Optional.empty();
        }
    }

    private Optional<String> read(String bucket, String folder) {
        List<String> keys = aws
                .callBriefly(
                        "list the logs under s3://" + bucket + "/" + folder,
                        () -> aws.s3()
                                .listObjectsV2(request -> request.bucket(bucket).prefix(folder)))
                .contents()
                .stream()
                .map(S3Object::key)
                .filter(key -> key.contains("/stderr"))
                .toList();
        if (keys.isEmpty()) {
            return Optional.empty();
        }
        ResponseBytes<GetObjectResponse> bytes = aws.callBriefly(
                "read s3://" + bucket + "/" + keys.get(0),
                () -> aws.s3()
                        .getObjectAsBytes(request -> request.bucket(bucket).key(keys.get(0))));
        return Optional.of(text(bytes.asByteArray(), keys.get(0).endsWith(".gz")));
    }

    private static String text(byte[] bytes, boolean gzip) {
        if (!gzip) {
            return new String(bytes, StandardCharsets.UTF_8);
        }
        try (GZIPInputStream content = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            return new String(content.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException notGzip) {
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }

    private static String lastLines(String log) {
        List<String> lines = log.strip().lines().toList();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - MAX_LINES), lines.size()));
    }
}
