package org.emrelay.runner.cli;

/** Files that the tests of the command line work with. */
final class Pipelines {
    /** Three steps in a chain, of which the first reads a file of this machine. */
    static final String CLOUDS = """
            {
              "name": "clouds",
              "parameters": { "titles": "titles.csv", "max_words": 300 },
              "defaults": { "script_uri": "job.py" },
              "steps": [
                { "name": "words", "description": "Titles to words", "inputs": { "titles": "${titles}" } },
                { "name": "counts", "inputs": { "words": { "from_step": "words" } } },
                { "name": "clouds", "inputs": { "counts": { "from_step": "counts", "path": "part" } },
                  "args": { "max-words": "${max_words}" } }
              ]
            }
            """;

    /** A cluster of one machine type, in which nothing is wrong. */
    static final String CLUSTER = """
            {
              "InstanceFleets": [
                { "InstanceFleetType": "MASTER", "TargetOnDemandCapacity": 1, "InstanceTypeConfigs": [ { "InstanceType": "m5.xlarge" } ] },
                { "InstanceFleetType": "CORE", "TargetOnDemandCapacity": 2, "InstanceTypeConfigs": [ { "InstanceType": "m5.xlarge" } ] }
              ]
            }
            """;

    /** The same with a subnet that may be another account's. */
    static final String CLUSTER_WITH_A_WARNING =
            CLUSTER.replaceFirst("\\{", "{ \"Ec2SubnetIds\": [\"subnet-f384febf\"],");

    private Pipelines() {}

    static Prompt laidOut(Prompt prompt) {
        return prompt.file("steps.json", CLOUDS)
                .file("job.py", "print('job')\n")
                .file("titles.csv", "title\nEmma\n");
    }
}
