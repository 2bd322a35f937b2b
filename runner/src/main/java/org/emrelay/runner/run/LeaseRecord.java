package org.emrelay.runner.run;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.emrelay.runner.json.JsonFields;
import org.emrelay.runner.json.JsonWriter;
import org.emrelay.runner.json.MalformedJsonException;
import org.emrelay.runner.platform.ProcessLiveness.Identity;

/**
 * The content of a lease file: which process works on the run.
 *
 * @param holder a random id per acquisition: a process that acquires the lease twice is two holders
 * @param since when the lease was acquired, by the holder's clock; shown to users, never compared
 * @param released whether the holder has released the lease
 */
record LeaseRecord(Identity process, String holder, Instant since, Instant renewed, boolean released) {
    LeaseRecord {
        Objects.requireNonNull(process, "process");
        Objects.requireNonNull(holder, "holder");
        Objects.requireNonNull(since, "since");
        Objects.requireNonNull(renewed, "renewed");
    }

    LeaseRecord renewedAt(Instant now) {
        return new LeaseRecord(process, holder, since, now, false);
    }

    LeaseRecord releasedAt(Instant now) {
        return new LeaseRecord(process, holder, since, now, true);
    }

    String describeHolder() {
        return "process " + process.pid() + " on " + process.host() + " (since " + since + ")";
    }

    static LeaseRecord read(String text) throws MalformedJsonException {
        return JsonFields.read(
                text,
                fields -> new LeaseRecord(
                        new Identity(fields.text("host"), fields.number("pid"), fields.text("started")),
                        fields.text("holder"),
                        fields.instant("since"),
                        fields.instant("renewed"),
                        fields.bool("released")));
    }

    String write() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("host", process.host());
        fields.put("pid", process.pid());
        fields.put("started", process.started());
        fields.put("holder", holder);
        fields.put("since", since.toString());
        fields.put("renewed", renewed.toString());
        fields.put("released", released);
        return JsonWriter.pretty(fields);
    }
}
