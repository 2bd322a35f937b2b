package org.emrelay.runner.fakeaws.wire;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** One HTTP request as the services see it: names in one case, the path decoded, the body without its transfer coding. */
public final class Request {
    private static final Pattern SCOPE = Pattern.compile("Credential=[^/]+/\\d{8}/([^/]+)/([^/]+)/aws4_request");

    private final String method;
    private final String path;
    private final Map<String, String> query;
    private final Map<String, String> headers;
    private final byte[] body;
    private final @Nullable AwsError damage;

    private Request(
            String method,
            String path,
            Map<String, String> query,
            Map<String, String> headers,
            byte[] body,
            @Nullable AwsError damage) {
        this.method = method;
        this.path = path;
        this.query = query;
        this.headers = headers;
        this.body = body;
        this.damage = damage;
    }

    /** One that came as this; header names are in lower case. */
    static Request of(String method, String target, Map<String, String> headers, byte[] sent) {
        byte[] body = sent;
        AwsError damage = null;
        if (AwsChunked.isUsedBy(headers)) {
            try {
                body = AwsChunked.decode(sent, headers);
            } catch (AwsError error) {
                damage = error;
            }
        }
        int query = target.indexOf('?');
        return new Request(
                method,
                Percent.decode(query < 0 ? target : target.substring(0, query), false),
                Percent.pairs(query < 0 ? null : target.substring(query + 1), false),
                Map.copyOf(headers),
                body,
                damage);
    }

    /** Why the body is not what its sender says it is. */
    public Optional<AwsError> damage() {
        return Optional.ofNullable(damage);
    }

    public String method() {
        return method;
    }

    public String path() {
        return path;
    }

    public Map<String, String> query() {
        return query;
    }

    public @Nullable String header(String name) {
        return headers.get(name);
    }

    public Map<String, String> headers() {
        return headers;
    }

    public byte[] body() {
        return body.clone();
    }

    public String bodyText() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /** The service in the signature's scope, or an empty text where nothing is signed. */
    public String signedService() {
        return scope(2);
    }

    public String signedRegion() {
        return scope(1);
    }

    private String scope(int group) {
        Matcher matcher = SCOPE.matcher(headers.getOrDefault("authorization", ""));
        return matcher.find() ? matcher.group(group) : "";
    }
}
