package org.emrelay.runner.service.stream;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.emrelay.runner.service.CommandFailure;
import org.emrelay.runner.stream.CreatedStream;
import org.emrelay.runner.stream.StreamFolder;

/** Parameters that name a stream instead of its posts, such as {@code posts=stream:launches}. */
public final class StreamReferences {
    private static final String SCHEME = "stream:";

    private StreamReferences() {}

    /** Replaces each stream with the directory or prefix of its posts. */
    public static Map<String, String> resolve(Path workspace, Map<String, String> parameters) throws IOException {
        Map<String, String> resolved = new LinkedHashMap<>(parameters);
        for (Map.Entry<String, String> parameter : resolved.entrySet()) {
            if (parameter.getValue().startsWith(SCHEME)) {
                parameter.setValue(posts(workspace, parameter.getKey(), parameter.getValue()));
            }
        }
        return resolved;
    }

    private static String posts(Path workspace, String parameter, String value) throws IOException {
        Optional<StreamFolder> folder = StreamFolder.find(workspace, value.substring(SCHEME.length()));
        if (folder.isPresent()) {
            CreatedStream created = CreatedStream.read(folder.get());
            if (created.isFinished()) {
                return created.posts();
            }
        }
        List<StreamFolder> all = StreamFolder.list(workspace);
        throw CommandFailure.usage("-p " + parameter + "=" + value + ": workspace " + workspace
                + " has no such stream. "
                + (all.isEmpty() ? "It has no streams." : "It has: " + StreamSelector.names(all) + "."));
    }
}
