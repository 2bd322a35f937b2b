package org.emrelay.runner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.emrelay.runner.fakeaws.Calls;
import org.emrelay.runner.fakeaws.Fault;
import org.emrelay.runner.fakeaws.emr.StepScript;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where prices come from, and what they are used for. */
final class EmrPricesTest {
    @TempDir
    Path directory;

    private EmrCliFixture emr;

    @BeforeEach
    void setUp() {
        emr = new EmrCliFixture(directory);
        SampleFiles.writeTo(emr.cli());
        emr.aws()
                .emr()
                .scriptSteps(name ->
                        StepScript.completesAfter(Duration.ofMinutes(20)).withProgram(emr::writeOutput));
    }

    @AfterEach
    void tearDown() {
        assertThat(emr.aws().calls().defects()).isEmpty();
        emr.close();
    }

    private int priceCalls() {
        return emr.aws().calls().named("GetProducts").size();
    }

    @Test
    void usesThePriceListApiInARegionWithoutABundledTable() {
        EmrCliFixture europe = new EmrCliFixture(directory, "eu-west-1");
        SampleFiles.writeTo(europe.cli());
        europe.aws().pricing().addInstanceType("m5.xlarge", "1.192", "0.048");

        String plan = europe.run("-a", "plan", "-t", "emr", "--check").out();

        assertThat(plan)
                .contains(
                        "Cost per hour, all on demand: $2.47 to $7.50 (eu-west-1, AWS Price List API of 2026-11-21)\n");
        assertThat(europe.aws().calls().named("GetProducts")).hasSize(5);
        europe.close();
    }

    @Test
    void doesNotAskForPricesWhereNoneIsShown() {
        emr.run("-a", "plan", "-t", "emr");
        emr.run("-a", "validate", "-t", "emr");
        emr.run("-a", "list_clusters", "-t", "emr");

        assertThat(priceCalls()).isZero();
    }

    @Test
    void usesTheBundledTableWithANoticeIfTheCallIsDenied() {
        emr.aws().caller().restrictTo("""
                {"Version": "2012-10-17", "Statement": [
                  {"Effect": "Allow", "Action": "*", "Resource": "*"},
                  {"Effect": "Deny", "Action": "pricing:GetProducts", "Resource": "*"}]}
                """);

        String notices = emr.create().err();

        assertThat(notices)
                .contains("Current prices are unknown: using bundled prices of 2026-11. ")
                .contains("pricing:GetProducts")
                .contains("(us-east-1, bundled prices of 2026-11)");
        assertThat(notices.split("Current prices are unknown", -1)).hasSize(2);
    }

    @Test
    void usesTheBundledTableIfAStandInHasNoPrices() {
        emr.aws().faults().add(Fault.error(400, "UnknownOperationException", ""), Calls.named("GetProducts"));

        assertThat(emr.create().err())
                .contains("(us-east-1, bundled prices of 2026-11)")
                .doesNotContain("Current prices");
        assertThat(priceCalls()).isEqualTo(5);
    }

    /** The calls of a user who sends only EMR's to a stand-in must not reach AWS. */
    @Test
    void asksNoOneIfOnlyEmrIsAStandIn() {
        String endpoint = emr.aws().endpoint().toString();
        for (String service : List.of("EMR", "EC2", "IAM", "S3", "STS", "SERVICE_QUOTAS")) {
            emr.cli().withEnvironment("AWS_ENDPOINT_URL_" + service, endpoint);
        }

        String notices = emr.cli()
                .run("-a", "create_cluster", "-c", "demo", "--region", "us-east-1")
                .err();

        assertThat(notices).contains("(us-east-1, bundled prices of 2026-11)").doesNotContain("Current prices");
        assertThat(priceCalls()).isZero();
    }

    /** The volumes and the root volume of the cluster file, in place of EMR's defaults. */
    @Test
    void countsTheVolumesOfTheClusterFileInEstimateAndCost() {
        emr.cli()
                .file(
                        EmrCliFixture.CLUSTER_FILE,
                        EmrCliFixture.repositoryFile(EmrCliFixture.CLUSTER_FILE)
                                .replace("\"Tags\":", "\"EbsRootVolumeSize\": 90, \"Tags\":")
                                .replace("{ \"InstanceType\": \"m5.xlarge\" }", """
                                        { "InstanceType": "m5.xlarge", "EbsConfiguration": { "EbsBlockDeviceConfigs": [
                                          { "VolumesPerInstance": 2, "VolumeSpecification": {
                                            "VolumeType": "gp3", "SizeInGB": 1000, "Iops": 4000, "Throughput": 225 } }] } }
                                        """.strip()));

        // Primary: 0.24 + (90 × 0.08 + 2 × (1000 × 0.08 + 1000 × 0.005 + 100 × 0.04)) / 720 = 0.4972.
        // Core: 0.24 + (7.2 + 6.4) / 720 = 0.2589. All 6 root volumes have 90 GiB.
        assertThat(emr.create().err()).contains("Cost per hour, all on demand: $1.66 to ");
        assertThat(emr.run("-a", "describe_cluster", "-c", "demo").out())
                .contains("Cost per hour: about $0.76 on demand, ");
    }

    @Test
    void billsStepsStartUpAndShutdownToTheCentOfTheCost() {
        String json = emr.run("-a", "run", "-t", "emr", "--output", "json").out();

        BigDecimal total = number(json, "total");
        assertThat(total).isEqualTo(number(json, "cost_so_far", "^  ").setScale(2, RoundingMode.HALF_UP));
        assertThat(number(json, "steps", "    ")
                        .add(number(json, "start_up"))
                        .add(number(json, "idle"))
                        .add(number(json, "shutdown"))
                        .add(number(json, "before_run")))
                .isEqualByComparingTo(total);
        Matcher steps = Pattern.compile("(?m)^      \"cost\" : ([0-9.]+)").matcher(json);
        BigDecimal sum =
                steps.results().map(match -> new BigDecimal(match.group(1))).reduce(BigDecimal.ZERO, BigDecimal::add);
        assertThat(sum).isEqualByComparingTo(number(json, "steps", "    ")).isPositive();
        assertThat(json).contains("\"before_run\" : 0.0,");
    }

    private static BigDecimal number(String json, String key) {
        return number(json, key, " *");
    }

    private static BigDecimal number(String json, String key, String indent) {
        Matcher matcher =
                Pattern.compile("(?m)" + indent + "\"" + key + "\" : ([0-9.]+)").matcher(json);
        assertThat(matcher.find()).as(key + " in " + json).isTrue();
        return new BigDecimal(matcher.group(1));
    }
}
