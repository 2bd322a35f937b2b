package org.emrelay.runner.export;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A text of an export, split into literal text and references. */
public record ReferenceText(List<Part> parts) {

    private static final Pattern TOKEN = Pattern.compile(Stream.of(Reference.values())
            .map(Reference::name)
            .collect(Collectors.joining("|", Reference.START + "(", ")" + Reference.END)));

    /** A part of a text. */
    public sealed interface Part {}

    /** Literal text, never empty. */
    public record Literal(String text) implements Part {}

    /** A value that is known only where the export is deployed. */
    public record Value(Reference reference) implements Part {}

    public ReferenceText {
        parts = List.copyOf(parts);
    }

    /** Splits a text at its tokens. */
    public static ReferenceText of(String text) {
        List<Part> parts = new ArrayList<>();
        Matcher token = TOKEN.matcher(text);
        int from = 0;
        while (token.find()) {
            addLiteral(text.substring(from, token.start()), parts);
            parts.add(new Value(Reference.valueOf(token.group(1))));
            from = token.end();
        }
        addLiteral(text.substring(from), parts);
        return new ReferenceText(parts);
    }

    private static void addLiteral(String text, List<Part> parts) {
        if (!text.isEmpty()) {
            parts.add(new Literal(text));
        }
    }

    public boolean isLiteral() {
        return parts.stream().allMatch(Literal.class::isInstance);
    }

    public boolean has(Reference reference) {
        return parts.contains(new Value(reference));
    }

    /** The reference that is all of the text. */
    public Optional<Reference> onlyReference() {
        return parts.size() == 1 && parts.get(0) instanceof Value value
                ? Optional.of(value.reference())
                : Optional.empty();
    }

    public String render(Function<String, String> literal, Function<Reference, String> reference) {
        return parts.stream()
                .map(part -> part instanceof Literal text
                        ? literal.apply(text.text())
                        : reference.apply(((Value) part).reference()))
                .collect(Collectors.joining());
    }

    /** How a format writes texts and lists that have references. */
    public interface Format {
        Object text(ReferenceText text);

        /** The value of a list whose only element is a reference to a list. */
        Object list(Reference reference);
    }

    /** Replaces the texts in a JSON object. */
    @SuppressWarnings("unchecked")
    public static Map<String, Object> replaceAll(Map<String, ?> object, Format format) {
        return (Map<String, Object>) Objects.requireNonNull(replace(object, format));
    }

    /** Replaces the texts in a JSON document: in maps, their keys excepted, and in lists. */
    public static @Nullable Object replace(@Nullable Object document, Format format) {
        if (document instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> replaced = new LinkedHashMap<>();
            map.forEach((key, value) -> replaced.put(String.valueOf(key), replace(value, format)));
            return replaced;
        } else if (document instanceof List<?> list) {
            if (list.size() == 1 && list.get(0) instanceof String only) {
                Optional<Reference> reference = of(only).onlyReference().filter(Reference::isList);
                if (reference.isPresent()) {
                    return format.list(reference.get());
                }
            }
            List<@Nullable Object> replaced = new ArrayList<>();
            list.forEach(element -> replaced.add(replace(element, format)));
            return replaced;
        }
        return document instanceof String text ? format.text(of(text)) : document;
    }
}
