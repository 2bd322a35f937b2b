package org.emrelay.runner.platform.aws.client;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The AWS settings of the command line and the environment. The SDK resolves the rest from its own configuration files.
 *
 * @param region {@code --region}; null when absent
 * @param profile {@code --profile}; null when absent
 * @param endpoint {@code --endpoint-url}, for all services; null when absent
 */
public record AwsSettings(
        @Nullable String region,
        @Nullable String profile,
        @Nullable URI endpoint,
        Map<String, String> environment) {
    private static final String ENDPOINT_URL = "AWS_ENDPOINT_URL";
    private static final Pattern USER_INFO = Pattern.compile("(?<=//)[^/]*(?=@)");

    /** The AWS services in use, named as in {@code AWS_ENDPOINT_URL_<SERVICE>}. */
    enum AwsService {
        CLOUDWATCH_LOGS,
        EC2,
        EMR,
        FIREHOSE,
        IAM,
        PRICING,
        S3,
        SERVICE_QUOTAS,
        STS
    }

    public AwsSettings {
        environment = Map.copyOf(environment);
    }

    /** The endpoint override of a service. Its own variable takes precedence over {@code AWS_ENDPOINT_URL}. */
    Optional<URI> endpointOf(AwsService service) {
        if (endpoint != null) {
            return Optional.of(endpoint);
        }
        if (Boolean.parseBoolean(environment.get("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"))) {
            return Optional.empty();
        }
        String serviceVariable = ENDPOINT_URL + "_" + service;
        return uri(serviceVariable).or(() -> uri(ENDPOINT_URL));
    }

    private Optional<URI> uri(String variable) {
        String text = environment.getOrDefault(variable, "");
        return text.isEmpty() ? Optional.empty() : Optional.of(endpoint(variable, text));
    }

    /**
     * Parses an endpoint URL.
     *
     * @param source the option or variable that holds it, for the error message
     */
    public static URI endpoint(String source, String text) {
        try {
            URI uri = new URI(text);
            boolean isHttp = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            if (isHttp && uri.getHost() != null && uri.getUserInfo() == null) {
                return uri;
            }
        } catch (URISyntaxException invalid) {
            // Reported below.
        }
        throw AwsException.configuration(source + " '" + USER_INFO.matcher(text).replaceAll("****")
                + "' is not a valid endpoint: use a URL such as http://localhost:4566, without a user or password.");
    }

    /** The region of {@code --region} or the environment. */
    Optional<String> configuredRegion() {
        return Optional.ofNullable(region).or(() -> variable("AWS_REGION")).or(() -> variable("AWS_DEFAULT_REGION"));
    }

    Optional<String> variable(String name) {
        return Optional.of(environment.getOrDefault(name, "")).filter(value -> !value.isEmpty());
    }

    /** Omits the environment, which holds secret keys. */
    @Override
    public String toString() {
        return "AwsSettings[region=" + region + ", profile=" + profile + ", endpoint=" + endpoint + "]";
    }
}
