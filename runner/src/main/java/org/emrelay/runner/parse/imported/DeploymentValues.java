package org.emrelay.runner.parse.imported;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The values of a state machine that are known only where it is deployed or executed, such as <code>${Bucket}</code> or {@code $.date}. In texts
 * they are tokens; in a steps file they become parameters.
 */
final class DeploymentValues {
    private static final char START = '\uE000';
    private static final char END = '\uE001';

    /** Stands for the <code>$</code> of a literal <code>${</code>, which is escaped in the JSON. */
    private static final char LITERAL_DOLLAR = '\uE002';

    private static final Pattern ESCAPED_DOLLAR = Pattern.compile("(?<!\\\\)((?:\\\\\\\\)*)\\\\u0024(?=\\{)");
    private static final Pattern SUBSTITUTION = Pattern.compile("\\$\\{([^{}$]{1,200})\\}");
    private static final Pattern TOKEN = Pattern.compile(START + "([^" + START + END + "]*)" + END);
    private static final Pattern TOKEN_OR_BELOW = Pattern.compile(TOKEN.pattern() + "(?:/\\S*)?");
    private static final Pattern RESERVED = Pattern.compile("[\uE000-\uE004]");

    /** The name of an execution, which is the ID of a run. */
    static final String RUN = token("$$.Execution.Name");

    private final Map<String, String> parameters = new LinkedHashMap<>();
    private final Map<String, String> sources = new HashMap<>();

    /** Prepares the text of a JSON file, so that literals and placeholders differ after it is parsed. */
    static String prepared(String json) {
        return ESCAPED_DOLLAR.matcher(RESERVED.matcher(json).replaceAll("?")).replaceAll("$1" + LITERAL_DOLLAR);
    }

    /** @param source an expression, or the name of a placeholder in braces */
    static String token(String source) {
        return START + source.replace("${", "{") + END;
    }

    /** Whether a text is nothing but a token. */
    static boolean isToken(String text) {
        return TOKEN.matcher(text).matches();
    }

    /** Whether a text is a token, or a path below its value. */
    static boolean isTokenOrBelow(String text) {
        return TOKEN_OR_BELOW.matcher(text).matches();
    }

    static boolean hasToken(String text) {
        return text.indexOf(START) >= 0;
    }

    /** The document of a template, in which CloudFormation replaces placeholders. */
    static JsonTree ofTemplate(JsonTree document) {
        return mapped(
                document,
                text -> SUBSTITUTION
                        .matcher(text)
                        .replaceAll(match -> Matcher.quoteReplacement(token("{" + match.group(1) + "}"))));
    }

    /** The document as another program reads it: without placeholders. */
    static JsonTree literal(JsonTree document) {
        return mapped(document, text -> text.replace(LITERAL_DOLLAR, '$'));
    }

    private static JsonTree mapped(JsonTree document, Function<String, String> change) {
        return new JsonTree(mapped(document.value(), change));
    }

    private static @Nullable Object mapped(@Nullable Object value, Function<String, String> change) {
        if (value instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> changed = new LinkedHashMap<>();
            map.forEach((key, member) -> changed.put(String.valueOf(key), mapped(member, change)));
            return changed;
        } else if (value instanceof List<?> list) {
            List<@Nullable Object> changed = new ArrayList<>();
            list.forEach(element -> changed.add(mapped(element, change)));
            return changed;
        }
        return value instanceof String text ? change.apply(text) : value;
    }

    /** The text as in its source, for people. */
    static String visible(String text) {
        return TOKEN.matcher(text)
                .replaceAll(match -> Matcher.quoteReplacement(
                        match.group(1).matches("\\{[^%].*") ? "$" + match.group(1) : match.group(1)))
                .replace(LITERAL_DOLLAR, '$')
                .replaceAll(RESERVED.pattern(), "?");
    }

    /** The value for a steps file: each token is a reference to a parameter, which {@link #parameters} declares. */
    @Nullable
    Object referring(@Nullable Object value) {
        return mapped(
                value,
                text -> TOKEN.matcher(text)
                        .replaceAll(match -> Matcher.quoteReplacement("${" + parameter(match.group(1)) + "}"))
                        .replace(String.valueOf(LITERAL_DOLLAR), "$$"));
    }

    /** The names of the parameters, and where their values come from. */
    Map<String, String> parameters() {
        return parameters;
    }

    private String parameter(String source) {
        return sources.computeIfAbsent(source, key -> {
            String plain = source.replaceFirst("^\\$\\$\\.", "").replaceAll("[^A-Za-z0-9_]+", "_");
            String base = plain.replaceAll("^_+|_+$", "");
            if (source.startsWith("$$")) {
                base = base.toLowerCase(Locale.ROOT);
            }
            if (!base.matches("[A-Za-z].*") || base.equals("output")) {
                base = "value_" + base;
            }
            base = base.substring(0, Math.min(60, base.length()));
            String name = base;
            for (int number = 2; parameters.containsKey(name); number++) {
                name = base + "_" + number;
            }
            parameters.put(name, source);
            return name;
        });
    }
}
