package org.emrelay.runner.parse;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.emrelay.runner.json.JsonReader;
import org.emrelay.runner.json.JsonValue;
import org.emrelay.runner.json.MalformedJsonException;
import org.emrelay.runner.json.SyntaxError;
import org.emrelay.runner.model.Problem;
import org.jspecify.annotations.Nullable;

/** Reads a JSON file and reports why an unreadable one is not valid. */
public final class JsonFile {
    private static final int MAX_BYTES = 10 * 1024 * 1024;
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][\\w.-]*");
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private JsonFile() {}

    /**
     * Reads a file that another program wrote.
     *
     * @param displayName the file name in problems
     * @param preparation changes the text before it is parsed
     */
    public static ParseResult<JsonValue> read(Path file, String displayName, UnaryOperator<String> preparation) {
        Problems problems = new Problems(displayName);
        byte[] bytes = bytes(file, problems);
        String text = bytes == null ? null : text(bytes, problems);
        return ParseResult.of(text == null ? null : parse(preparation.apply(text), problems), problems);
    }

    /** Returns the file's content, or null after reporting a problem. */
    static @Nullable JsonValue read(Path file, Problems problems) {
        byte[] bytes = bytes(file, problems);
        return bytes == null ? null : parse(bytes, problems);
    }

    /** Parses a file's bytes; returns null after reporting a problem. */
    static @Nullable JsonValue parse(byte[] bytes, Problems problems) {
        String text = text(bytes, problems);
        return text == null ? null : parse(text, problems);
    }

    private static @Nullable JsonValue parse(String text, Problems problems) {
        try {
            return JsonReader.read(text);
        } catch (MalformedJsonException exception) {
            problems.syntaxError(
                    "not valid JSON: " + exception.getMessage() + ".",
                    exception.syntaxError().flatMap(error -> excerpt(text, error)));
            return null;
        }
    }

    /** The line of the mistake; empty if it may contain a secret: what is a value is not certain in invalid JSON. */
    private static Optional<Problem.Excerpt> excerpt(String text, SyntaxError error) {
        int start = error.offset() - (error.column() - 1);
        int end = text.indexOf('\n', start);
        String line = text.substring(start, end < 0 ? text.length() : end).replaceFirst("\\r$", "");
        boolean mayHaveSecret = !CommandLineSecrets.mask(line).equals(line)
                || Stream.concat(
                                error.keys().stream(),
                                NAME.matcher(line).results().map(MatchResult::group))
                        .anyMatch(SecretNames.STANDARD::isSecret);
        return mayHaveSecret ? Optional.empty() : Optional.of(new Problem.Excerpt(line, error.column() - 1));
    }

    /** Reads one byte more than the limit instead of checking the size, because a pipe has none. */
    private static byte @Nullable [] bytes(Path file, Problems problems) {
        if (Files.isDirectory(file)) {
            problems.error("", "this is a directory.", "Specify a file.");
            return null;
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length <= MAX_BYTES) {
                return bytes;
            }
            problems.error("", "the file is larger than 10 MB.", "Is it the right file?");
        } catch (NoSuchFileException exception) {
            String hint = LocalFiles.missingFileHint(file);
            problems.error(
                    "",
                    "file not found.",
                    hint.isEmpty() ? "Relative paths are resolved against the current directory." : hint);
        } catch (AccessDeniedException exception) {
            problems.error("", "permission denied.", "Grant yourself read permission.");
        } catch (IOException exception) {
            problems.error("", "cannot read the file: " + exception.getMessage() + ".");
        }
        return null;
    }

    private static @Nullable String text(byte[] bytes, Problems problems) {
        if (looksLikeUtf16(bytes)) {
            problems.error("", "the file is encoded in UTF-16.", "Save it as UTF-8.");
            return null;
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            if (text.indexOf('\0') >= 0) {
                problems.error("", "the file contains binary data.", "Is it the right file?");
                return null;
            }
            return withoutByteOrderMark(text);
        } catch (CharacterCodingException exception) {
            problems.error("", "the file is not valid UTF-8 text.", "Is it the right file? If so, save it as UTF-8.");
            return null;
        }
    }

    private static String withoutByteOrderMark(String text) {
        return !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text;
    }

    private static boolean looksLikeUtf16(byte[] bytes) {
        if (bytes.length < 2) {
            return false;
        }
        int firstTwoBytes = ((bytes[0] & 0xFF) << 8) | (bytes[1] & 0xFF);
        return firstTwoBytes == 0xFEFF || firstTwoBytes == 0xFFFE || (bytes[0] == 0) != (bytes[1] == 0);
    }
}
