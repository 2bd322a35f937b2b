package org.emrelay.runner.cli;

/** Sample files for the tests of the command line. */
final class SampleFiles {
    /** A chain of three steps; the first reads a local file. */
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

    /** A valid cluster with one instance type. */
    static final String CLUSTER = """
            {
              "InstanceFleets": [
                { "InstanceFleetType": "MASTER", "TargetOnDemandCapacity": 1, "InstanceTypeConfigs": [ { "InstanceType": "m5.xlarge" } ] },
                { "InstanceFleetType": "CORE", "TargetOnDemandCapacity": 2, "InstanceTypeConfigs": [ { "InstanceType": "m5.xlarge" } ] }
              ]
            }
            """;

    /** The same cluster with a subnet that may belong to another account. */
    static final String CLUSTER_WITH_A_WARNING =
            CLUSTER.replaceFirst("\\{", "{ \"Ec2SubnetIds\": [\"subnet-f384febf\"],");

    private SampleFiles() {}

    static CliFixture writeTo(CliFixture cli) {
        return cli.file("steps.json", CLOUDS).file("job.py", "print('job')\n").file("titles.csv", "title\nEmma\n");
    }
}
