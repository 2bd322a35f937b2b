package org.emrelay.runner.fakeaws.ec2;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.emrelay.runner.fakeaws.wire.AwsError;
import org.emrelay.runner.fakeaws.wire.Tree;

/** The EC2 filters of a resource type. All must match, each by any value, with wildcards {@code *} and {@code ?}. */
final class Filters<T> {
    private final Map<String, Function<T, List<String>>> properties = new LinkedHashMap<>();
    private final Function<T, Map<String, String>> tags;

    Filters(Function<T, Map<String, String>> tags) {
        this.tags = tags;
    }

    static <T> Filters<T> untagged() {
        return new Filters<>(resource -> Map.of());
    }

    Filters<T> on(String name, Function<T, String> property) {
        return onAny(name, resource -> List.of(property.apply(resource)));
    }

    Filters<T> onAny(String name, Function<T, List<String>> property) {
        properties.put(name, property);
        return this;
    }

    /** Returns the resources that match the filters of a request. */
    List<T> apply(Tree request, Iterable<T> resources) {
        List<Tree> filters = request.trees("Filter");
        List<T> matching = new ArrayList<>();
        for (T resource : resources) {
            if (filters.stream().allMatch(filter -> matches(filter, resource))) {
                matching.add(resource);
            }
        }
        filters.forEach(filter -> property(filter.text("Name", "")));
        return matching;
    }

    private boolean matches(Tree filter, T resource) {
        List<String> values = property(filter.text("Name", "")).apply(resource);
        return filter.texts("Value").stream()
                .map(Filters::pattern)
                .anyMatch(pattern ->
                        values.stream().anyMatch(value -> pattern.matcher(value).matches()));
    }

    private Function<T, List<String>> property(String name) {
        if (name.startsWith("tag:")) {
            String key = name.substring("tag:".length());
            return resource -> {
                String value = tags.apply(resource).get(key);
                return value == null ? List.of() : List.of(value);
            };
        }
        if (name.equals("tag-key")) {
            return resource -> List.copyOf(tags.apply(resource).keySet());
        }
        Function<T, List<String>> property = properties.get(name);
        if (property == null) {
            throw new AwsError(400, "InvalidParameterValue", "The filter '" + name + "' is invalid");
        }
        return property;
    }

    private static Pattern pattern(String value) {
        String quoted = Pattern.quote(value).replace("*", "\\E.*\\Q").replace("?", "\\E.\\Q");
        return Pattern.compile(quoted, Pattern.DOTALL);
    }
}
