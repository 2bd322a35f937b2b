package org.emrelay.runner.platform.local;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** Reads the URIs of outputs, which may be plain paths, as places on this machine. */
final class LocalUri {
    private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+:.*", Pattern.DOTALL);

    private LocalUri() {}

    static Path path(String uri) throws IOException {
        try {
            Path path = uri.startsWith("file:") ? ofFileUri(uri) : Path.of(uri);
            if (path.isAbsolute()
                    && (uri.startsWith("file:") || !SCHEME.matcher(uri).matches())) {
                return path.normalize();
            }
        } catch (IllegalArgumentException unusable) {
            throw new IOException(uri + " is no place on this machine.", unusable);
        }
        throw new IOException(uri + " is no place on this machine: local steps write to an absolute path.");
    }

    /** Hadoop writes such URIs with blanks and all, which Java's own reading refuses. */
    private static Path ofFileUri(String uri) {
        try {
            return Path.of(URI.create(uri));
        } catch (IllegalArgumentException unescaped) {
            return Path.of(uri.substring("file:".length()).replaceFirst("^//+", "/"));
        }
    }
}
