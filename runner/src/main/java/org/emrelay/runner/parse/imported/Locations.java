package org.emrelay.runner.parse.imported;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** URIs in the arguments of steps. */
final class Locations {
    private static final Pattern LOCATION =
            Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+://(?:(?!,[A-Za-z0-9+.-]+://)\\S)+");

    private static final int MAX_LENGTH = 2_000;

    private Locations() {}

    static boolean isLocation(String text) {
        return text.length() <= MAX_LENGTH
                && (LOCATION.matcher(text).matches() || DeploymentValues.isTokenOrBelow(text));
    }

    /** Whether a location is in S3, where a location below a value of the deployment is expected to be. */
    static boolean isS3(String location) {
        return location.matches("(?i)s3[an]?://.*") || DeploymentValues.isTokenOrBelow(location);
    }

    /** The location with S3's one scheme, without redundant slashes. */
    static String normalized(String location) {
        int colon = location.indexOf("://");
        if (DeploymentValues.isTokenOrBelow(location)) {
            return withoutRedundantSlashes(location);
        }
        String scheme = location.substring(0, colon).toLowerCase(Locale.ROOT);
        return (scheme.matches("s3[an]") ? "s3" : scheme) + "://"
                + withoutRedundantSlashes(location.substring(colon + 3));
    }

    private static String withoutRedundantSlashes(String path) {
        return path.replaceAll("/+", "/").replaceAll("/$", "");
    }

    /** The normalized location and those that contain it, nearest first. */
    static List<String> withParents(String normalized) {
        List<String> locations = new ArrayList<>();
        int root = DeploymentValues.isTokenOrBelow(normalized) ? 0 : normalized.indexOf("://") + 3;
        for (int end = normalized.length(); end > root; end = normalized.lastIndexOf('/', end - 1)) {
            locations.add(normalized.substring(0, end));
        }
        return locations;
    }

    /** A value of a map by location, and the path below that location. */
    record Match<T>(T value, String path) {}

    /** What is at the location, or at the nearest one that contains it. */
    static <T> Optional<Match<T>> nearest(String normalized, Map<String, T> byLocation) {
        for (String location : withParents(normalized)) {
            @Nullable T found = byLocation.get(location);
            if (found != null) {
                String path = normalized.substring(location.length());
                return Optional.of(new Match<>(found, path.startsWith("/") ? path.substring(1) : path));
            }
        }
        return Optional.empty();
    }
}
