package org.emrelay.runner.platform.emr.log;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One listed version of a log in the bucket. EMR uploads a growing log again under the same key. */
record LogObject(String bucket, String key, String etag) {
    private static final Pattern NAME =
            Pattern.compile("(controller|stderr|stdout|syslog)\\b(.*?)(?:\\.txt)?(?:\\.gz)?");

    /** Orders the parts of a rotated log: the names of hourly parts end with the hour, the newest part has no suffix. */
    static final Comparator<LogObject> OLDEST_FIRST =
            Comparator.comparing(LogObject::isNewest).thenComparing(LogObject::key);

    String uri() {
        return "s3://" + bucket + "/" + key;
    }

    private String name() {
        return key.substring(key.lastIndexOf('/') + 1);
    }

    /** The kind of log: controller, stderr, stdout or syslog; empty if the object is not a log. */
    Optional<String> kind() {
        Matcher name = NAME.matcher(name());
        return name.matches() ? Optional.of(name.group(1)) : Optional.empty();
    }

    boolean isKind(String kind) {
        return kind().filter(kind::equals).isPresent();
    }

    boolean isNewest() {
        Matcher name = NAME.matcher(name());
        return name.matches() && name.group(2).isEmpty();
    }

    /** The key shared by all parts of a rotated log: folder and kind. */
    String logKey() {
        return key.substring(0, key.lastIndexOf('/') + 1) + kind().orElse("");
    }

    /** The YARN container, such as {@code container_1795183200000_0003_01_000001}; for a step's own logs, the step id. */
    String container() {
        String folder = key.substring(0, key.lastIndexOf('/'));
        return folder.substring(folder.lastIndexOf('/') + 1);
    }

    /** Whether it is of the driver: in cluster mode it runs in the first container, which requests all others. */
    boolean isOfDriver() {
        return container().endsWith("_000001");
    }

    boolean isOfExecutor() {
        return container().startsWith("container_") && !isOfDriver();
    }
}
