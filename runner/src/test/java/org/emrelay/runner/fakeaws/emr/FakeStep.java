package org.emrelay.runner.fakeaws.emr;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.emrelay.runner.fakeaws.wire.Fields;
import org.emrelay.runner.fakeaws.wire.Tree;
import org.jspecify.annotations.Nullable;

/** A step of a cluster. */
final class FakeStep {
    private static final Set<String> ACTIVE = Set.of("PENDING", "CANCEL_PENDING", "RUNNING");

    final String id;
    final Tree config;
    final Instant createdAt;
    final @Nullable String logUri;
    String state = "PENDING";
    String message = "";

    @Nullable
    String failureMessage;

    /** Null unless a {@link StepExecutor} executes the step. */
    StepExecutor.@Nullable Execution execution;

    @Nullable
    Instant startedAt;

    @Nullable
    Instant endedAt;

    FakeStep(String id, Tree config, Instant createdAt, @Nullable String logUri) {
        this.id = id;
        this.config = config;
        this.createdAt = createdAt;
        this.logUri = logUri;
    }

    String name() {
        return config.text("Name", "");
    }

    String actionOnFailure() {
        return config.text("ActionOnFailure", "CONTINUE").replace("TERMINATE_JOB_FLOW", "TERMINATE_CLUSTER");
    }

    List<String> arguments() {
        return config.tree("HadoopJarStep").texts("Args");
    }

    boolean isActive() {
        return ACTIVE.contains(state);
    }

    void end(String finalState, Instant at) {
        state = finalState;
        endedAt = at;
    }

    Fields fields() {
        Tree jar = config.tree("HadoopJarStep");
        Fields properties = Fields.none();
        jar.trees("Properties").forEach(each -> properties.and(each.text("Key", ""), each.text("Value", "")));
        return Fields.of("Id", id)
                .and("Name", name())
                .and(
                        "Config",
                        Fields.of("Jar", jar.text("Jar"))
                                .and("Properties", properties)
                                .and("MainClass", jar.text("MainClass"))
                                .and("Args", jar.texts("Args")))
                .and("ActionOnFailure", actionOnFailure())
                .and("Status", status());
    }

    private Fields status() {
        Fields status = Fields.of("State", state)
                .and("StateChangeReason", message.isEmpty() ? Fields.none() : Fields.of("Message", message))
                .and(
                        "Timeline",
                        Fields.of("CreationDateTime", createdAt)
                                .and("StartDateTime", startedAt)
                                .and("EndDateTime", endedAt));
        if (state.equals("FAILED")) {
            status.and(
                    "FailureDetails",
                    Fields.of("Reason", "Unknown Error.")
                            .and("Message", failureMessage)
                            .and("LogFile", logUri == null ? null : logUri + "steps/" + id + "/stderr.gz"));
        }
        return status;
    }
}
