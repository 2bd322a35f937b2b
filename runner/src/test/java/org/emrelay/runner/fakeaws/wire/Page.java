package org.emrelay.runner.fakeaws.wire;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One page of a listing and the marker of the next page. */
public record Page<T>(List<T> elements, @Nullable String next) {
    public Page {
        elements = List.copyOf(elements);
    }

    public static <T> Page<T> of(List<T> all, @Nullable String marker, int size) {
        int from = marker == null ? 0 : position(marker);
        int to = Math.min(all.size(), from + size);
        return new Page<>(all.subList(Math.min(from, to), to), to < all.size() ? marker(to) : null);
    }

    public boolean isLast() {
        return next == null;
    }

    public String marker() {
        return Objects.requireNonNull(next);
    }

    private static String marker(int position) {
        return Base64.getEncoder().encodeToString(("from:" + position).getBytes(StandardCharsets.UTF_8));
    }

    private static int position(String marker) {
        try {
            String text = new String(Base64.getDecoder().decode(marker), StandardCharsets.UTF_8);
            return Integer.parseInt(text.substring("from:".length()));
        } catch (IllegalArgumentException | StringIndexOutOfBoundsException exception) {
            throw new AwsError(400, "ValidationError", "The marker " + marker + " is invalid.");
        }
    }
}
