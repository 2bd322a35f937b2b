package org.emrelay.runner.platform;

import java.util.regex.Pattern;

/** An argument as a word of a shell command that people can copy. */
public final class ShellWord {
    private static final Pattern SAFE = Pattern.compile("[A-Za-z0-9_@%+=:,./-]+");
    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cc}\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]");

    private ShellWord() {}

    /** Quoted for a POSIX shell. Text that does not print on one line takes Bash's {@code $'…'}. */
    public static String quoted(String argument) {
        if (SAFE.matcher(argument).matches()) {
            return argument;
        }
        return UNPRINTABLE.matcher(argument).find()
                ? "$'" + escaped(argument) + "'"
                : "'" + argument.replace("'", "'\\''") + "'";
    }

    private static String escaped(String argument) {
        StringBuilder text = new StringBuilder();
        argument.chars().forEach(character -> {
            switch (character) {
                case '\n' -> text.append("\\n");
                case '\t' -> text.append("\\t");
                case '\r' -> text.append("\\r");
                case '\'' -> text.append("\\'");
                case '\\' -> text.append("\\\\");
                default -> {
                    String one = String.valueOf((char) character);
                    text.append(UNPRINTABLE.matcher(one).matches() ? String.format("\\u%04x", character) : one);
                }
            }
        });
        return text.toString();
    }
}
