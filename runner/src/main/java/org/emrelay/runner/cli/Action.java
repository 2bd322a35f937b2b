package org.emrelay.runner.cli;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.emrelay.runner.service.RunnerContext;

/** The actions that {@code -a} names. Commands are built on demand: building all takes longer than most of them run. */
enum Action {
    VALIDATE("validate the files and list all problems"),
    PLAN("show what would run, step by step"),
    RUN("create a cluster, execute the steps, fetch the results, terminate the cluster"),
    CREATE_CLUSTER("create a cluster and print its id"),
    ADD_STEPS("add a run to a cluster: upload its files and record its plan"),
    EXECUTE_STEPS("execute the added steps, or continue a run where it stopped"),
    LIST_STEPS("list the steps of a run and their states"),
    DELETE_STEPS("delete steps that have not started"),
    LOGS("print the log of a step and the cause of its failure"),
    FETCH_OUTPUT("copy the results of a run into a directory"),
    LIST_CLUSTERS("list the clusters of this workspace and, on EMR, of the account"),
    DESCRIBE_CLUSTER("describe a cluster"),
    TERMINATE_CLUSTER("terminate a cluster and delete its resources; results are kept"),
    SCHEMA("print the JSON Schema of a file, for editors");

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

    ActionCommand command(RunnerContext context) {
        return switch (this) {
            case VALIDATE -> new ValidateAction(context);
            case PLAN -> new PlanAction(context);
            case RUN -> new RunAction(context);
            case CREATE_CLUSTER -> new CreateClusterAction(context);
            case ADD_STEPS -> new AddStepsAction(context);
            case EXECUTE_STEPS -> new ExecuteStepsAction(context);
            case LIST_STEPS -> new ListStepsAction(context);
            case DELETE_STEPS -> new DeleteStepsAction(context);
            case LOGS -> new LogsAction(context);
            case FETCH_OUTPUT -> new FetchOutputAction(context);
            case LIST_CLUSTERS -> new ListClustersAction(context);
            case DESCRIBE_CLUSTER -> new DescribeClusterAction(context);
            case TERMINATE_CLUSTER -> new TerminateClusterAction(context);
            case SCHEMA -> new SchemaAction(context);
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
