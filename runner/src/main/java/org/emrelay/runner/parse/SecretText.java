package org.emrelay.runner.parse;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.emrelay.runner.model.Argument;

/** Finds the secrets in a text by the names before them, and the passwords in URIs. */
record SecretText(SecretNames names) {
    private static final String NAME = "(?:-D|--?)?(?<name>[A-Za-z_][\\w.\\-]*+)";

    /** The scheme of an Authorization header: what follows it is the secret. */
    private static final String SCHEME = "(?:(?i:Basic|Bearer|Digest|Negotiate|Token)[ \\t]+)?";

    /** {@code name=value} or {@code -Dname=value}: all that follows is the value. */
    private static final Pattern ASSIGNMENT =
            Pattern.compile(NAME + "=[ \\t]*" + SCHEME + "(?<value>.+)", Pattern.DOTALL);

    /** {@code name: value} or {@code name = value}: all that follows is the value, unless it contains another one. */
    private static final Pattern LABELLED_VALUE =
            Pattern.compile(NAME + "(?:[ \\t]+=[ \\t]*|:[ \\t]+)" + SCHEME + "(?<value>[^\\s:=][^\\n:=]*)");

    /** A header, a line of YAML or INI, or a member of a Python dictionary. A colon without a blank can be part of an ARN. */
    private static final String SEPARATOR = "(?:=[ \\t]*|[ \\t]+=(?!=)[ \\t]*|'?:[ \\t]+)";

    /**
     * An assignment within a text, such as the query of a URI or one of several Java options; or a flag with its value in one of several
     * arguments.
     */
    private static final String EMBEDDED_ASSIGNMENT = "(?:" + NAME + SEPARATOR + SCHEME
            + "|--?(?<flag>[A-Za-z_][\\w.\\-]*+)[ \\t]+(?!-))"
            + "(?:\"(?<doubleQuoted>[^\"]+)\"|'(?<singleQuoted>[^']+)'|(?<unquoted>[^\\s&;,\"'#]+))";

    private static final String JSON_MEMBER = "\"(?<key>[^\"\\\\]+)\"\\s*:\\s*" + "(?:\"" + SCHEME
            + "(?<string>(?:[^\"\\\\]|\\\\.)+)\"|(?<number>-?[0-9][^\\s,}\\]]*))";

    private static final String USER_INFO = "[A-Za-z][A-Za-z0-9+.\\-]*+://[^\\s/?#:@]*:(?<password>[^\\s/?#]+)@";

    private static final Pattern EMBEDDED =
            Pattern.compile("(?<![\\w.\\-+])(?:" + EMBEDDED_ASSIGNMENT + "|" + USER_INFO + ")|" + JSON_MEMBER);

    private static final List<String> NAMES = List.of("name", "flag", "key");
    private static final List<String> VALUES =
            List.of("doubleQuoted", "singleQuoted", "unquoted", "string", "number", "password");

    boolean hasSecret(String text) {
        return parts(text).stream().anyMatch(Argument.Secret.class::isInstance);
    }

    String masked(String text) {
        return parts(text).stream()
                .map(part -> part instanceof Argument.Literal literal ? literal.text() : Argument.MASK)
                .collect(Collectors.joining());
    }

    /** Splits a text into what may be printed and what may not. */
    List<Argument.Part> parts(String text) {
        for (Pattern pattern : List.of(ASSIGNMENT, LABELLED_VALUE)) {
            Matcher whole = pattern.matcher(text);
            if (whole.matches() && names.isSecret(whole.group("name"))) {
                int start = whole.start("value");
                return List.of(
                        new Argument.Literal(text.substring(0, start)), new Argument.Secret(text.substring(start)));
            }
        }
        return embedded(text);
    }

    private List<Argument.Part> embedded(String text) {
        List<Argument.Part> parts = new ArrayList<>();
        int printed = 0;
        Matcher matcher = EMBEDDED.matcher(text);
        for (int from = 0; matcher.find(from); ) {
            String value = VALUES.stream()
                    .filter(group -> matcher.start(group) >= 0)
                    .findFirst()
                    .orElseThrow();
            from = matcher.start(value);
            // A password in a URI has no name. A value that is not a secret can contain assignments itself.
            if (NAMES.stream().map(matcher::group).filter(Objects::nonNull).allMatch(names::isSecret)) {
                parts.add(new Argument.Literal(text.substring(printed, from)));
                parts.add(new Argument.Secret(matcher.group(value)));
                printed = matcher.end(value);
                from = printed;
            }
        }
        if (printed < text.length()) {
            parts.add(new Argument.Literal(text.substring(printed)));
        }
        return parts;
    }
}
