package org.emrelay.runner.parse;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A step made from a command, as it stands in a steps file.
 *
 * @param keys its keys and values
 * @param notices what was left out or needs attention
 */
public record ConvertedStep(Map<String, Object> keys, List<String> notices) {
    public ConvertedStep {
        keys = Collections.unmodifiableMap(new LinkedHashMap<>(keys));
        notices = List.copyOf(notices);
    }
}
