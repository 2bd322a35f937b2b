package org.emrelay.runner.cli;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The actions that {@code -a} names. Only the one that is asked for is ever built, for building all of them takes longer than most of them run. */
enum Action {
    VALIDATE("check the files and list everything that is wrong"),
    PLAN("show what would run, step by step, without running anything"),
    RUN("do it all: create a cluster, run the steps, fetch the results, end the cluster"),
    CREATE_CLUSTER("create a cluster and print its id"),
    ADD_STEPS("begin a run: upload what the steps need and write their plan to the cluster"),
    EXECUTE_STEPS("run the steps that were added, or go on where a run stopped"),
    LIST_STEPS("list the steps of a run and their states"),
    DELETE_STEPS("take steps that have not started out of a run"),
    LOGS("show a step's log, and why it failed"),
    FETCH_OUTPUT("copy a run's results into a directory"),
    LIST_CLUSTERS("list the clusters of this workspace, and on EMR those of the account"),
    DESCRIBE_CLUSTER("show one cluster"),
    TERMINATE_CLUSTER("end a cluster and remove what was made for it; its results stay");

    private final String description;

    Action(String description) {
        this.description = description;
    }

    String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    String description() {
        return description;
    }

    ActionCommand command(CliContext world) {
        return switch (this) {
            case VALIDATE -> new ValidateAction(world);
            case PLAN -> new PlanAction(world);
            case RUN -> new RunAction(world);
            case CREATE_CLUSTER -> new CreateClusterAction(world);
            case ADD_STEPS -> new AddStepsAction(world);
            case EXECUTE_STEPS -> new ExecuteStepsAction(world);
            case LIST_STEPS -> new ListStepsAction(world);
            case DELETE_STEPS -> new DeleteStepsAction(world);
            case LOGS -> new LogsAction(world);
            case FETCH_OUTPUT -> new FetchOutputAction(world);
            case LIST_CLUSTERS -> new ListClustersAction(world);
            case DESCRIBE_CLUSTER -> new DescribeClusterAction(world);
            case TERMINATE_CLUSTER -> new TerminateClusterAction(world);
        };
    }

    static Optional<Action> find(String key) {
        return Arrays.stream(values())
                .filter(action -> action.key().equals(key))
                .findFirst();
    }

    static List<String> keys() {
        return Arrays.stream(values()).map(Action::key).toList();
    }
}
