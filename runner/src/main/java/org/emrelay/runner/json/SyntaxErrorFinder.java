package org.emrelay.runner.json;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Finds the first mistake in a JSON text that the parser has rejected, and says how to correct it. */
final class SyntaxErrorFinder {
    private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?");
    private static final Pattern STRING =
            Pattern.compile("\"(?:[^\"\\\\\\x00-\\x1f]|\\\\(?:[\"\\\\/bfnrt]|u[0-9a-fA-F]{4}))*+");
    private static final Pattern WORD = Pattern.compile("[^\\s,:;=\\[\\]{}\"'/#]+");
    private static final Pattern OPENS_VALUE = Pattern.compile("[\"'{\\[\\w.+$“”‘’-]");

    /** What may come next. */
    private enum Expected {
        VALUE,
        FIRST_VALUE,
        KEY,
        FIRST_KEY,
        COLON,
        COMMA,
        END
    }

    /** An object or array that is not closed yet. */
    private static final class Open {
        private final char bracket;
        private final int offset;
        private @Nullable String key;

        Open(char bracket, int offset) {
            this.bracket = bracket;
            this.offset = offset;
        }

        boolean isObject() {
            return bracket == '{';
        }

        char closing() {
            return isObject() ? '}' : ']';
        }
    }

    private final String text;
    private final Deque<Open> open = new ArrayDeque<>();
    private Expected expected = Expected.VALUE;
    private int position;
    private int endOfLast;

    private SyntaxErrorFinder(String text) {
        this.text = text;
    }

    /** Empty for a text without mistakes. */
    static Optional<SyntaxError> find(String text) {
        return Optional.ofNullable(new SyntaxErrorFinder(text).find());
    }

    private @Nullable SyntaxError find() {
        while (true) {
            while (position < text.length() && " \t\r\n".indexOf(text.charAt(position)) >= 0) {
                position++;
            }
            if (position == text.length()) {
                return atEnd();
            }
            SyntaxError error = next(text.charAt(position));
            if (error != null) {
                return error;
            }
            endOfLast = position;
        }
    }

    private @Nullable SyntaxError next(char character) {
        if (character == '/' || character == '#') {
            return error(position, "comments are not allowed in JSON: remove it");
        } else if (expected == Expected.END) {
            return error(position, "remove the text after the end of the document");
        }
        return switch (expected) {
            case VALUE, FIRST_VALUE -> value(character);
            case KEY, FIRST_KEY -> key(character);
            case COLON -> colon(character);
            default -> comma(character);
        };
    }

    private @Nullable SyntaxError atEnd() {
        Open innermost = open.peekLast();
        return innermost == null
                ? null
                : error(
                        innermost.offset,
                        "this '" + innermost.bracket + "' is never closed: add '" + innermost.closing() + "'");
    }

    private @Nullable SyntaxError value(char character) {
        if (character == '{' || character == '[') {
            open.add(new Open(character, position++));
            expected = character == '{' ? Expected.FIRST_KEY : Expected.FIRST_VALUE;
            return null;
        } else if (character == '"') {
            expected = afterValue();
            return string();
        } else if (character == ']' && expected == Expected.FIRST_VALUE) {
            return close();
        } else if (character == ',' || character == ']' || character == '}') {
            return missingValue(character);
        }
        expected = afterValue();
        return word();
    }

    private SyntaxError missingValue(char character) {
        Open around = open.peekLast();
        if (around == null) {
            return error(position, "there is no value before '" + character + "'");
        } else if (around.isObject()) {
            return error(endOfLast - 1, "add a value after the colon");
        } else if (character == ',') {
            return error(position, "remove this comma");
        }
        return trailingComma(character);
    }

    private SyntaxError trailingComma(char character) {
        return text.charAt(endOfLast - 1) == ','
                ? error(endOfLast - 1, "remove the comma before '" + character + "'")
                : mismatch(character);
    }

    private @Nullable SyntaxError key(char character) {
        if (character == '"') {
            int start = position;
            SyntaxError error = string();
            if (error == null) {
                open.getLast().key = text.substring(start + 1, position - 1);
                expected = Expected.COLON;
            }
            return error;
        } else if (character == '}') {
            return expected == Expected.FIRST_KEY ? close() : trailingComma(character);
        } else if (character == ']') {
            return expected == Expected.FIRST_KEY ? mismatch(character) : trailingComma(character);
        } else if (character == ',') {
            return error(position, "remove this comma");
        } else if (isQuote(character)) {
            return quotes();
        }
        return error(position, "put the key in double quotes");
    }

    private @Nullable SyntaxError colon(char character) {
        if (character == ':') {
            position++;
            expected = Expected.VALUE;
            return null;
        } else if (character == '=') {
            return error(position, "use ':' instead of '='");
        } else if (character == ',' || character == '}' || character == ']') {
            return error(endOfLast - 1, "add a colon and a value after the key");
        }
        return error(endOfLast - 1, "add a colon after the key");
    }

    private @Nullable SyntaxError comma(char character) {
        Open around = open.getLast();
        if (character == ',') {
            position++;
            expected = around.isObject() ? Expected.KEY : Expected.VALUE;
            return null;
        } else if (character == ']' || character == '}') {
            return character == around.closing() ? close() : mismatch(character);
        } else if (character == ';') {
            return error(position, "use ',' instead of ';'");
        } else if (character == ':' && !around.isObject()) {
            return error(position, "an array has no keys: use '{' and '}' for an object");
        }
        return OPENS_VALUE.matcher(String.valueOf(character)).matches()
                ? error(endOfLast - 1, "add a comma after this value")
                : unexpected(character);
    }

    private @Nullable SyntaxError close() {
        position++;
        open.removeLast();
        expected = afterValue();
        return null;
    }

    private SyntaxError mismatch(char character) {
        Open around = open.getLast();
        int line = error(around.offset, "").line();
        return error(
                position,
                "use '" + around.closing() + "' instead of '" + character + "' to close the '" + around.bracket
                        + "' of line " + line);
    }

    private Expected afterValue() {
        return open.isEmpty() ? Expected.END : Expected.COMMA;
    }

    private @Nullable SyntaxError string() {
        int start = position;
        Matcher string = STRING.matcher(text).region(start, text.length());
        string.lookingAt();
        position = string.end();
        if (position == text.length() || text.charAt(position) == '\n' || text.charAt(position) == '\r') {
            return error(start, "this string is not closed: add a double quote at its end");
        } else if (text.charAt(position) == '"') {
            position++;
            return null;
        } else if (text.charAt(position) == '\\') {
            return error(position, "this escape is not valid in JSON: write '\\\\' for a backslash");
        }
        return error(
                position,
                text.charAt(position) == '\t'
                        ? "write '\\t' for a tab in a string"
                        : "write '\\u%04x' for this control character".formatted((int) text.charAt(position)));
    }

    private @Nullable SyntaxError word() {
        int start = position;
        if (isQuote(text.charAt(start))) {
            return quotes();
        }
        Matcher matcher = WORD.matcher(text).region(start, text.length());
        if (!matcher.lookingAt()) {
            return unexpected(text.charAt(start));
        }
        String word = matcher.group();
        position = matcher.end();
        return switch (word) {
            case "true", "false", "null" -> null;
            case "True", "TRUE", "False", "FALSE" -> error(start, "write true and false in lower case");
            case "None", "NULL", "Null", "nil", "undefined" -> error(start, "write null instead of " + word);
            case "NaN", "Infinity", "-Infinity", "+Infinity" ->
                error(start, word + " is not a number in JSON: use null or a string");
            default -> NUMBER.matcher(word).matches() ? null : error(start, remedy(word));
        };
    }

    private static String remedy(String word) {
        if (word.matches("-?0[0-9]+(\\..*)?")) {
            return "a number in JSON has no leading zero: remove it, or use a string";
        } else if (word.matches("\\+[0-9].*")) {
            return "a number in JSON has no plus sign: remove it";
        } else if (word.matches("-?\\.[0-9]+") || word.matches("-?[0-9]+\\.")) {
            return "a number in JSON has digits on both sides of its point: add 0";
        }
        return "put this text in double quotes";
    }

    private static boolean isQuote(char character) {
        return "'`“”‘’„".indexOf(character) >= 0;
    }

    private SyntaxError quotes() {
        return error(position, "use double quotes (\") instead of " + text.charAt(position));
    }

    private SyntaxError unexpected(char character) {
        return Character.isLetterOrDigit(character) || (character > ' ' && character < '\u007f')
                ? error(position, "remove this '" + character + "'")
                : error(position, "remove this character (U+%04X)".formatted((int) character));
    }

    private SyntaxError error(int offset, String remedy) {
        List<String> keys = new ArrayList<>();
        for (Open around : open) {
            if (around.key != null) {
                keys.add(around.key);
            }
        }
        return SyntaxError.at(text, offset, remedy, keys);
    }
}
