package org.emrelay.runner.cli;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The actions of the command line, such as {@code -a run} or {@code run}. Commands are built on demand: building all takes longer than most of them run. */
enum Action {
    VALIDATE("validate the files and list all problems"),
    PLAN("show what would run, step by step"),
    RUN("create a cluster, execute the steps, fetch the results, terminate the cluster"),
    CREATE_CLUSTER("create a cluster and print its id"),
    ADD_STEPS("add a run to a cluster: upload its files and record its plan"),
    EXECUTE_STEPS("execute the added steps, or continue a run where it stopped"),
    LIST_RUNS("list the runs of this workspace: parameters, result, start, length, size, cost"),
    LIST_STEPS("list the steps of a run and their states"),
    DELETE_STEPS("delete steps that have not started"),
    LOGS("print the log of a step and the cause of its failure"),
    REPORT("write the report of a run again: what it did, used and cost"),
    FETCH_OUTPUT("copy the results of a run into a directory"),
    CLEAN("delete data and logs of old runs that no later run can reuse"),
    LIST_CLUSTERS("list the clusters of this workspace and, on EMR, of the account"),
    DESCRIBE_CLUSTER("describe a cluster"),
    TERMINATE_CLUSTER("terminate a cluster and delete its resources; results are kept"),
    CREATE_STREAM("create a stream, which collects posts by the hour"),
    START_STREAM("run a stream until it is stopped or reaches a limit"),
    STOP_STREAM("stop a stream that runs in another terminal"),
    STREAM_STATUS("show what a stream has read, kept and lost"),
    DELETE_STREAM("delete a stream and its resources; posts are kept"),
    INIT("create a small, runnable pipeline of SQL, Python or Java steps"),
    EXPORT("write a pipeline for Airflow, Step Functions, CloudFormation, CDK or Terraform"),
    IMPORT("write the files of a pipeline that runs on EMR by other means"),
    CONVERT("convert a spark-submit command to a step"),
    SCHEMA("print the JSON Schema of a file, for editors"),
    COMPLETION("print a completion script for bash, zsh or fish");

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

    ActionCommand command() {
        return switch (this) {
            case VALIDATE -> new ValidateAction();
            case PLAN -> new PlanAction();
            case RUN -> new RunAction();
            case CREATE_CLUSTER -> new CreateClusterAction();
            case ADD_STEPS -> new AddStepsAction();
            case EXECUTE_STEPS -> new ExecuteStepsAction();
            case LIST_RUNS -> new ListRunsAction();
            case LIST_STEPS -> new ListStepsAction();
            case DELETE_STEPS -> new DeleteStepsAction();
            case LOGS -> new LogsAction();
            case REPORT -> new ReportAction();
            case FETCH_OUTPUT -> new FetchOutputAction();
            case CLEAN -> new CleanAction();
            case LIST_CLUSTERS -> new ListClustersAction();
            case DESCRIBE_CLUSTER -> new DescribeClusterAction();
            case TERMINATE_CLUSTER -> new TerminateClusterAction();
            case CREATE_STREAM -> new CreateStreamAction();
            case START_STREAM -> new StartStreamAction();
            case STOP_STREAM -> new StopStreamAction();
            case STREAM_STATUS -> new StreamStatusAction();
            case DELETE_STREAM -> new DeleteStreamAction();
            case INIT -> new InitAction();
            case EXPORT -> new ExportAction();
            case IMPORT -> new ImportAction();
            case CONVERT -> new ConvertAction();
            case SCHEMA -> new SchemaAction();
            case COMPLETION -> new CompletionAction();
        };
    }

    /** The action of this name, with underscores or hyphens. */
    static Optional<Action> find(String name) {
        String key = name.replace('-', '_');
        return Arrays.stream(values())
                .filter(action -> action.key().equals(key))
                .findFirst();
    }

    static List<String> keys() {
        return Arrays.stream(values()).map(Action::key).toList();
    }
}
