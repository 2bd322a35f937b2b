package org.emrelay.runner.platform.aws.client;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * With which account, and where, AWS is spoken to, as far as the command line and the environment say so. What they leave open the SDK finds in its
 * own files.
 *
 * @param region of the command line; null when it names none
 * @param profile likewise
 * @param endpoint likewise; it stands for every service
 */
public record AwsSettings(
        @Nullable String region,
        @Nullable String profile,
        @Nullable URI endpoint,
        Map<String, String> environment) {
    private static final String ENDPOINT_URL = "AWS_ENDPOINT_URL";

    public AwsSettings {
        environment = Map.copyOf(environment);
    }

    /** Where a service is to be found when it is not AWS's own place: what is said for one service wins over what is said for all. */
    Optional<URI> endpointOf(AwsService service) {
        if (endpoint != null) {
            return Optional.of(endpoint);
        }
        if (Boolean.parseBoolean(environment.get("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"))) {
            return Optional.empty();
        }
        String own = ENDPOINT_URL + "_" + service;
        return uri(own).or(() -> uri(ENDPOINT_URL));
    }

    private Optional<URI> uri(String variable) {
        String written = environment.getOrDefault(variable, "");
        return written.isEmpty() ? Optional.empty() : Optional.of(endpoint(variable, written));
    }

    /**
     * An endpoint as somebody wrote it.
     *
     * @param where the option or variable that holds it
     */
    public static URI endpoint(String where, String written) {
        try {
            URI uri = new URI(written);
            if (("http".equals(uri.getScheme()) || "https".equals(uri.getScheme())) && uri.getHost() != null) {
                return uri;
            }
        } catch (URISyntaxException notOne) {
            // The sentence below says it.
        }
        throw AwsException.ofSettings(
                where + " '" + written + "' is no endpoint: write a URL such as http://localhost:4566.");
    }

    /** The region that the command line or the environment names. */
    Optional<String> namedRegion() {
        return Optional.ofNullable(region).or(() -> variable("AWS_REGION")).or(() -> variable("AWS_DEFAULT_REGION"));
    }

    Optional<String> variable(String name) {
        return Optional.of(environment.getOrDefault(name, "")).filter(value -> !value.isEmpty());
    }

    /** Without the environment: it holds keys. */
    @Override
    public String toString() {
        return "AwsSettings[region=" + region + ", profile=" + profile + ", endpoint=" + endpoint + "]";
    }
}
