package org.emrelay.runner.platform;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.function.IntFunction;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.emrelay.runner.json.JsonWriter;

/** The ways in which an error message can spell a secret: as it is, in a URI, in JSON and as Python's repr. */
final class SecretSpellings {
    private static final Pattern PERCENT_ENCODED = Pattern.compile("%[0-9A-F]{2}");

    private SecretSpellings() {}

    static Stream<String> of(String secret) {
        return Stream.of(Stream.of(secret), inUri(secret), inJson(secret), inPython(secret))
                .flatMap(spellings -> spellings);
    }

    /** As of {@code URLEncoder}, and {@code quote_plus} and {@code quote} of Python's urllib.parse. */
    private static Stream<String> inUri(String secret) {
        String java = URLEncoder.encode(secret, StandardCharsets.UTF_8);
        String quotePlus = java.replace("*", "%2A").replace("%7E", "~");
        String quote = quotePlus.replace("+", "%20");
        return Stream.of(java, quotePlus, quote, quote.replace("%2F", "/"))
                .flatMap(encoded -> Stream.of(
                        encoded,
                        PERCENT_ENCODED
                                .matcher(encoded)
                                .replaceAll(octet -> octet.group().toLowerCase(Locale.ROOT))));
    }

    /** Also in ASCII only, as Python's json.dumps writes it. */
    private static Stream<String> inJson(String secret) {
        String quoted = JsonWriter.line(secret);
        String json = quoted.substring(1, quoted.length() - 1);
        return Stream.of(json, escaped(json, c -> c > '~' ? String.format("\\u%04x", c) : Character.toString(c)));
    }

    /** Python escapes a single quote only if the text has a double quote too. */
    private static Stream<String> inPython(String secret) {
        String repr = escaped(secret, SecretSpellings::inRepr);
        return Stream.of(repr, repr.replace("'", "\\'"));
    }

    private static String inRepr(int c) {
        return switch (c) {
            case '\\' -> "\\\\";
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            default -> Character.isISOControl(c) ? String.format("\\x%02x", c) : Character.toString(c);
        };
    }

    private static String escaped(String text, IntFunction<String> escape) {
        return text.chars().mapToObj(escape).collect(Collectors.joining());
    }
}
