package org.emrelay.runner.platform.emr.cluster;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.emrelay.runner.platform.aws.client.AwsContext;
import org.emrelay.runner.platform.aws.client.AwsException;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Finds what a bootstrap action said before it failed: EMR ships a node's logs when the node goes, and names only the node and the action's number. */
final class BootstrapLog {
    private static final Pattern FAILED =
            Pattern.compile("(?is).*instance \\(?(i-[0-9a-f]+)\\)?.*bootstrap action (\\d+).*");
    private static final Pattern PLACE = Pattern.compile("s3[an]?://([^/]+)/?(.*?)/?");
    private static final Duration SHIPPED_WITHIN = Duration.ofMinutes(3);
    private static final int LINES = 20;

    private final AwsContext aws;

    BootstrapLog(AwsContext aws) {
        this.aws = aws;
    }

    /** The end of the action's stderr with the node and the action; empty when the cluster ended for another reason or no log comes. */
    Optional<String> tail(EmrCluster cluster) {
        Matcher failed = FAILED.matcher(cluster.reason());
        Matcher place = PLACE.matcher(cluster.logUri());
        if (!failed.matches() || !place.matches()) {
            return Optional.empty();
        }
        String node = failed.group(1);
        String action = failed.group(2);
        String prefix = place.group(2).isEmpty() ? "" : place.group(2) + "/";
        String folder = prefix + cluster.id() + "/node/" + node + "/bootstrap-actions/" + action + "/";
        Instant begun = aws.patience().clock().instant();
        try {
            for (int attempt = 6; ; attempt++) {
                Optional<String> text = read(place.group(1), folder);
                if (text.isPresent()) {
                    return text.map(log -> "On the node " + node + ", bootstrap action " + action + " said last (s3://"
                            + place.group(1) + "/" + folder + "stderr.gz):\n" + end(log));
                }
                if (!aws.patience().pause(attempt, begun, SHIPPED_WITHIN)) {
                    return Optional.empty();
                }
            }
        } catch (AwsException noAccess) {
            return Optional.empty();
        }
    }

    private Optional<String> read(String bucket, String folder) {
        List<String> keys = aws
                .patience()
                .askBriefly(
                        "list the logs below s3://" + bucket + "/" + folder,
                        () -> aws.clients()
                                .s3()
                                .listObjectsV2(request -> request.bucket(bucket).prefix(folder)))
                .contents()
                .stream()
                .map(S3Object::key)
                .filter(key -> key.contains("/stderr"))
                .toList();
        if (keys.isEmpty()) {
            return Optional.empty();
        }
        ResponseBytes<GetObjectResponse> bytes = aws.patience()
                .askBriefly(
                        "read s3://" + bucket + "/" + keys.get(0),
                        () -> aws.clients()
                                .s3()
                                .getObjectAsBytes(
                                        request -> request.bucket(bucket).key(keys.get(0))));
        return Optional.of(text(bytes.asByteArray(), keys.get(0).endsWith(".gz")));
    }

    private static String text(byte[] bytes, boolean zipped) {
        if (!zipped) {
            return new String(bytes, StandardCharsets.UTF_8);
        }
        try (GZIPInputStream content = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            return new String(content.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException notZipped) {
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }

    private static String end(String log) {
        List<String> lines = log.strip().lines().toList();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - LINES), lines.size()));
    }
}
