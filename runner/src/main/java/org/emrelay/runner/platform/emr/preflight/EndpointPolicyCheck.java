package org.emrelay.runner.platform.emr.preflight;

import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.emrelay.runner.json.JsonReader;
import org.emrelay.runner.json.JsonValue;
import org.emrelay.runner.json.JsonValue.JsonArray;
import org.emrelay.runner.json.JsonValue.JsonObject;
import org.emrelay.runner.json.JsonValue.JsonString;
import org.emrelay.runner.json.MalformedJsonException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.model.VpcEndpoint;

/**
 * Warns of S3 endpoints whose policy does not let nodes read EMR's own buckets.
 *
 * <p>A condition, {@code NotAction} and {@code NotResource} count as access, and {@code Deny} is not evaluated.
 */
record EndpointPolicyCheck(String partition, String region, Consumer<String> warnings) {
    private static final String READ = "s3:GetObject";

    /** Those that EMR's guide names for private subnets and Amazon Linux 2023. */
    private List<String> buckets() {
        return List.of(
                "repo." + region + ".emr.amazonaws.com",
                "prod." + region + ".appinfo.src",
                region + ".elasticmapreduce",
                "al2023-repos-" + region + "-de612dc2");
    }

    void check(VpcEndpoint endpoint) {
        String policy = Objects.toString(endpoint.policyDocument(), "");
        if (policy.isEmpty()) {
            return;
        }
        List<JsonObject> statements;
        try {
            statements = statements(JsonReader.read(policy));
        } catch (MalformedJsonException unreadable) {
            return;
        }
        String missing = buckets().stream()
                .filter(bucket -> statements.stream().noneMatch(statement -> mayAllow(statement, bucket)))
                .collect(Collectors.joining(", "));
        if (!missing.isEmpty()) {
            warnings.accept("The policy of the S3 endpoint " + endpoint.vpcEndpointId() + " does not allow " + READ
                    + " for EMR's buckets " + missing + ". Nodes that reach S3 through it cannot install their"
                    + " software, so the cluster may fail to start. Add them to the endpoint's policy.");
        }
    }

    private static List<JsonObject> statements(JsonValue policy) {
        JsonValue statement = policy instanceof JsonObject object ? object.get("Statement") : null;
        return elements(statement)
                .filter(JsonObject.class::isInstance)
                .map(JsonObject.class::cast)
                .toList();
    }

    private boolean mayAllow(JsonObject statement, String bucket) {
        String arn = "arn:" + partition + ":s3:::" + bucket + "/key";
        return texts(statement.get("Effect")).anyMatch("Allow"::equals)
                && (statement.get("NotAction") != null || matches(statement.get("Action"), READ))
                && (statement.get("NotResource") != null || matches(statement.get("Resource"), arn));
    }

    private static boolean matches(@Nullable JsonValue patterns, String value) {
        return texts(patterns)
                .anyMatch(pattern -> Pattern.compile(
                                Pattern.quote(pattern).replace("*", "\\E.*\\Q").replace("?", "\\E.\\Q"),
                                Pattern.CASE_INSENSITIVE)
                        .matcher(value)
                        .matches());
    }

    private static Stream<String> texts(@Nullable JsonValue value) {
        return elements(value).filter(JsonString.class::isInstance).map(text -> ((JsonString) text).text());
    }

    /** IAM takes a single value for a list of one. */
    private static Stream<JsonValue> elements(@Nullable JsonValue value) {
        return value instanceof JsonArray array ? array.values().stream() : Stream.ofNullable(value);
    }
}
