package org.emrelay.runner.stream;

import java.time.Instant;
import java.util.Objects;
import org.emrelay.runner.json.JsonFields;
import org.emrelay.runner.json.JsonWriter;
import org.emrelay.runner.json.MalformedJsonException;
import org.emrelay.runner.json.RecordJson;
import org.emrelay.runner.platform.ProcessLiveness.Identity;

/** The process that runs a stream. */
public record StreamHolder(Identity process, Instant since) {
    private static final RecordJson FIELDS = new RecordJson().inline(Identity.class);

    public StreamHolder {
        Objects.requireNonNull(process, "process");
        Objects.requireNonNull(since, "since");
    }

    String toJson() {
        return JsonWriter.line(FIELDS.write(this)) + "\n";
    }

    static StreamHolder parse(String json) throws MalformedJsonException {
        return JsonFields.read(json, fields -> FIELDS.read(StreamHolder.class, fields));
    }
}
