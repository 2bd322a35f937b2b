package org.emrelay.runner.service;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.emrelay.runner.model.Cluster;
import org.emrelay.runner.model.ExitCode;
import org.emrelay.runner.model.Pipeline;
import org.emrelay.runner.model.Problem;
import org.emrelay.runner.model.RunId;
import org.emrelay.runner.model.StepName;
import org.emrelay.runner.parse.PlatformRules;
import org.emrelay.runner.plan.ExecutionPlan;
import org.emrelay.runner.report.ClusterListReport;
import org.emrelay.runner.report.CommandOutput;
import org.emrelay.runner.report.Report;
import org.emrelay.runner.report.RunListReport;
import org.emrelay.runner.run.RecordedRun;
import org.emrelay.runner.run.RunPreview;
import org.emrelay.runner.run.Selection;
import org.jspecify.annotations.Nullable;

/**
 * A platform on which clusters are created and steps run.
 *
 * <p>All that differs between platforms is behind this interface; {@link Platforms} has the registered ones. What a command works on is in
 * the {@link Application}.
 */
public interface ClusterPlatform {

    /**
     * How the command line refers to a platform.
     *
     * @param key the value of {@code -t}
     * @param name such as {@code Amazon EMR}
     * @param note what the help adds in parentheses; empty for nothing
     * @param cluster what one of its clusters is called, with the article, such as {@code an EMR cluster}
     * @param exampleId the form of its cluster ids, such as {@code local-1a2b3c4d}
     */
    record Label(String key, String name, String note, String cluster, String exampleId) {
        public Label {
            Objects.requireNonNull(key, "key");
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(note, "note");
            Objects.requireNonNull(cluster, "cluster");
            Objects.requireNonNull(exampleId, "exampleId");
        }
    }

    /** Whether a selected cluster belongs to a platform, as far as that is known without a network call. */
    enum Claim {
        NO,
        /** The platform can only be asked with a network call. */
        POSSIBLY,
        YES
    }

    /** What a command does with a cluster that runs steps. */
    enum Access {
        /** Adds a run to a cluster that is up. */
        ADD_STEPS,
        /** Executes a run. The cluster may have ended where the outcome of its last steps may still have to be recorded. */
        EXECUTE_STEPS,
        /** Changes a run of a cluster, up or ended. */
        DELETE_STEPS,
        /** Reads the runs of a cluster, up or ended. */
        READ
    }

    /**
     * A request to create a cluster.
     *
     * @param definition the cluster file, for platforms that have one
     * @param awaitStart whether to wait until the cluster accepts steps
     * @param keep whether the resources of a failed creation stay
     */
    record Creation(String name, Path definition, boolean awaitStart, boolean keep) {
        public Creation {
            if (!StepName.isSimple(name)) {
                throw CommandFailure.usage("-c '" + name
                        + "' is not a valid name: use letters, digits, '_', '-' and '.', starting with a letter or digit,"
                        + " at most 64 characters.");
            }
            Objects.requireNonNull(definition, "definition");
        }
    }

    /**
     * A request to terminate a cluster.
     *
     * @param confirmed whether the user has confirmed deletions in advance
     * @param force whether to terminate a protected cluster
     * @param deleteBucket whether to delete the workspace too: scripts, logs, journals and results
     */
    record Removal(ClusterSelector selector, boolean confirmed, boolean force, boolean deleteBucket) {
        public Removal {
            Objects.requireNonNull(selector, "selector");
        }
    }

    /**
     * A request to delete data of old runs that nothing needs.
     *
     * @param keep how many runs of each pipeline, the newest ones, keep their data
     * @param olderThan the least age of the other runs; null for any
     * @param outdated whether to delete results too that no kept run would reuse
     * @param dryRun whether to show only what would be deleted
     * @param confirmed whether the user has confirmed the deletion in advance
     */
    record Cleanup(int keep, @Nullable Duration olderThan, boolean outdated, boolean dryRun, boolean confirmed) {}

    /**
     * Which clusters to list.
     *
     * @param all whether to list every cluster that the platform remembers, not only live and recent ones
     * @param states empty for all
     */
    record ListFilter(boolean all, List<String> states) {
        public ListFilter {
            states = List.copyOf(states);
        }
    }

    /**
     * What a new cluster would create and cost.
     *
     * @param isFeasible false if a check has found an obstacle
     */
    record ClusterPlan(Report report, boolean isFeasible) {
        public ClusterPlan {
            Objects.requireNonNull(report, "report");
        }
    }

    /** Lists resources whose cluster no longer exists, and deletes them after confirmation. */
    interface OrphanRemoval {
        /**
         * Lists them, and deletes them.
         *
         * @param ownBuckets whether to delete buckets of this workspace too, with all results in them
         * @param buckets the names of further buckets to delete
         */
        ExitCode execute(
                Application app, boolean confirmed, boolean ownBuckets, List<String> buckets, CommandOutput output)
                throws IOException;
    }

    Label label();

    /** What steps files must satisfy on this platform. */
    PlatformRules rules();

    /** Where streams write with this platform. */
    default StreamPlatform streams() {
        throw CommandFailure.usage("Streams cannot write with -t " + label().key() + ". Use another target.");
    }

    /**
     * Problems of a pipeline on this platform.
     *
     * @param plan made on request: not every platform needs it
     * @param stepsFile the name of the steps file in problems
     */
    default List<Problem> check(
            RunnerContext context, Pipeline pipeline, Supplier<ExecutionPlan> plan, String stepsFile) {
        return List.of();
    }

    /**
     * Completes a plan with what depends on the cluster. Pure: nothing is built, and no network is needed.
     *
     * @param cluster null without a cluster file
     */
    default ExecutionPlan completed(ExecutionPlan plan, @Nullable Cluster cluster) {
        return plan;
    }

    /** Whether the workspace has used the platform; others are listed on request only. */
    default boolean isUsed(Application app) throws IOException {
        return true;
    }

    /** Whether the selected cluster belongs to this platform. An id counts by its form; without id and name, a cluster must be up. */
    Claim claim(Application app, ClusterSelector selector) throws IOException;

    /**
     * A run that is known without a network call.
     *
     * @param id null for the newest one
     */
    default Optional<RunId> knownRun(Application app, @Nullable String id) throws IOException {
        return Optional.empty();
    }

    /** Creates a cluster and prints its id. */
    ExitCode create(Application app, Creation creation, CommandOutput output) throws IOException;

    /** Opens the selected cluster. */
    ClusterSession open(Application app, ClusterSelector selector, Access access) throws IOException;

    Report describe(Application app, ClusterSelector selector) throws IOException;

    ClusterListReport.Section list(Application app, ListFilter filter) throws IOException;

    /**
     * Lists the runs of the workspace.
     *
     * @param selector whose runs; neither id nor name for all
     */
    List<RunListReport.Row> listRuns(Application app, ClusterSelector selector) throws IOException;

    /** Deletes data and logs of old runs that no later run can reuse. */
    default ExitCode clean(Application app, Cleanup cleanup, CommandOutput output) throws IOException {
        throw CommandFailure.refused("clean deletes data of local runs only, not on " + label().name()
                + ". There, delete the folders of old runs below output/ of the bucket.");
    }

    /** Terminates a cluster and deletes what was created for it; results stay unless their deletion is requested. */
    ExitCode terminate(Application app, Removal removal, CommandOutput output) throws IOException;

    /** Refuses the deletion of a local workspace that records what exists on this platform. */
    default void refuseWorkspaceDeletion(Application app) throws IOException {}

    /** How to remove resources that outlived their cluster; empty where that cannot happen. */
    default Optional<OrphanRemoval> orphanRemoval() {
        return Optional.empty();
    }

    /**
     * What creating a cluster would create and cost; empty where that is nothing.
     *
     * @param plan what is to run on it
     * @param check whether to look for obstacles with read-only calls
     */
    default Optional<ClusterPlan> planCluster(Application app, Cluster cluster, ExecutionPlan plan, boolean check)
            throws IOException {
        return Optional.empty();
    }

    /**
     * What a run on a cluster of its own would do with each step. Changes nothing.
     *
     * @param cluster null without a cluster file
     */
    RunPreview preview(
            Application app, @Nullable Cluster cluster, ExecutionPlan plan, Selection selection, ResumeRequest resume)
            throws IOException;

    /**
     * The last runs of a pipeline, newest first; none where there is no workspace yet. Changes nothing.
     *
     * @param cluster null without a cluster file
     */
    List<RecordedRun> earlierRuns(Application app, @Nullable Cluster cluster, String pipeline) throws IOException;

    /**
     * Checks a pipeline's files and plans a run on an existing cluster.
     *
     * @param confirmed whether large downloads need no confirmation
     */
    default ExecutionPlan plan(Application app, PipelineSource source, boolean confirmed) throws IOException {
        return new PipelineFiles(app.context(), source, this).planOrFail();
    }

    /** Runs a pipeline on a cluster of its own, which it creates and terminates. */
    ExitCode run(Application app, PipelineRun request, CommandOutput output) throws Exception;
}
