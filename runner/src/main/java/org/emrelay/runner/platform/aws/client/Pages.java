package org.emrelay.runner.platform.aws.client;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Requests a listing page by page. The SDK's paginators cannot retry a single page as {@link AwsRetry} does. */
public final class Pages {
    private Pages() {}

    /** Requests all pages. The function gets the marker of a page, null first, and returns that of the next, if any. */
    public static void forEach(Function<@Nullable String, @Nullable String> page) {
        String marker = page.apply(null);
        while (marker != null && !marker.isEmpty()) {
            marker = page.apply(marker);
        }
    }
}
