package org.emrelay.runner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.emrelay.runner.cli.CliFixture.CommandResult;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What commands report when a profile gives no credentials.
 *
 * <p>The SDK looks for its token caches in the home directory of the process, so all commands run in one JVM of their own.
 */
final class AwsProfilesTest {
    private static final String CONFIG = """
            [sso-session company]
            sso_start_url = https://company.example.com/start
            sso_region = us-east-1

            [sso-session earlier]
            sso_start_url = https://earlier.example.com/start
            sso_region = us-east-1

            [profile sso]
            sso_session = company
            sso_account_id = 111122223333
            sso_role_name = Developer

            [profile expired]
            sso_session = earlier
            sso_account_id = 111122223333
            sso_role_name = Developer

            [profile legacy-sso]
            sso_start_url = https://company.example.com/start
            sso_region = us-east-1
            sso_account_id = 111122223333
            sso_role_name = Developer

            [profile login]
            login_session = arn:aws:iam::111122223333:user/emma
            region = us-east-1

            [profile role]
            role_arn = arn:aws:iam::111122223333:role/Developer
            source_profile = sso

            [profile lost]
            role_arn = arn:aws:iam::111122223333:role/Developer
            source_profile = nowhere

            [profile process]
            credential_process = sh -c "echo 'not logged in' >&2; exit 3"

            [profile half]
            aws_access_key_id = AKIDEXAMPLE
            """;

    /** The SDK names a token cache after the SHA-1 of the session's name. */
    static final String CACHE_OF_EARLIER = "f12e996adf405952c9666956e73952681bc053d8.json";

    private static final String SSO_ANSWER = "The SSO session associated with this profile has expired or is otherwise"
            + " invalid. To refresh this SSO session run aws sso login with the corresponding profile.\n";
    private static final String DEFAULT_REMEDY = "Provide valid credentials: --profile NAME, or AWS_ACCESS_KEY_ID and"
            + " AWS_SECRET_ACCESS_KEY, or run: aws configure.\n";
    private static final Pattern SECTION = Pattern.compile("^== ", Pattern.MULTILINE);
    private static final Map<String, String> OUTPUTS = new LinkedHashMap<>();

    @TempDir
    static Path home;

    /** Lists the clusters with each profile. */
    static final class Commands {
        private Commands() {}

        public static void main(String[] profiles) throws IOException {
            for (String profile : profiles) {
                print(profile, "--profile", profile);
            }
            print("none");
            Files.writeString(Path.of(System.getenv("HOME"), ".aws", "config"), "[profile sso\n");
            print("malformed", "--profile", "sso");
        }

        private static void print(String name, String... options) {
            List<String> arguments =
                    new ArrayList<>(List.of("-a", "list_clusters", "-t", "emr", "--region", "us-east-1"));
            arguments.addAll(List.of(options));
            CommandResult result = new CliFixture(Path.of("")).run(arguments.toArray(String[]::new));
            System.out.print("== " + name + "\nexit code " + result.code() + "\n" + result.out() + result.err());
        }
    }

    @BeforeAll
    static void runCommands() throws Exception {
        Path cache = home.resolve(".aws/sso/cache");
        Files.createDirectories(cache);
        Files.writeString(home.resolve(".aws/config"), CONFIG);
        Files.writeString(cache.resolve(CACHE_OF_EARLIER), """
                {"accessToken": "secret-token", "expiresAt": "2020-01-01T00:00:00Z", "region": "us-east-1",
                 "startUrl": "https://earlier.example.com/start"}
                """);
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Commands.class.getName(),
                        "sso",
                        "expired",
                        "legacy-sso",
                        "login",
                        "role",
                        "lost",
                        "process",
                        "half",
                        "absent")
                .directory(home.toFile())
                .redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("AWS_"));
        builder.environment().put("HOME", home.toString());
        builder.environment().put("AWS_EC2_METADATA_DISABLED", "true");
        Process process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        for (String section : SECTION.splitAsStream(output).toList()) {
            int end = section.indexOf('\n');
            if (end > 0) {
                OUTPUTS.put(section.substring(0, end), section.substring(end + 1));
            }
        }
    }

    private static String failure(String answers, String remedy) {
        return "exit code 4\nCould not list clusters. No AWS credentials found:\n" + answers + remedy;
    }

    @Test
    void asksToLogInWithoutATokenCache() {
        assertThat(OUTPUTS.get("sso"))
                .isEqualTo(
                        failure("  profile sso: " + SSO_ANSWER, "Log in, then retry: aws sso login --profile sso\n"));
        assertThat(OUTPUTS.get("legacy-sso"))
                .isEqualTo(failure(
                        "  profile legacy-sso: " + SSO_ANSWER,
                        "Log in, then retry: aws sso login --profile legacy-sso\n"));
    }

    @Test
    void asksToLogInWithAnExpiredToken() {
        assertThat(OUTPUTS.get("expired"))
                .isEqualTo(failure(
                        "  profile expired: " + SSO_ANSWER, "Log in, then retry: aws sso login --profile expired\n"));
    }

    @Test
    void asksForAwsLoginWhereTheProfileUsesIt() {
        assertThat(OUTPUTS.get("login"))
                .isEqualTo(failure(
                        "  profile login: Token cache file for login_session `arn:aws:iam::111122223333:user/emma` not"
                                + " found. You must re-authenticate.\n",
                        "Log in, then retry: aws login --profile login\n"));
    }

    @Test
    void namesTheProfileToLogInWithForARole() {
        assertThat(OUTPUTS.get("role"))
                .isEqualTo(
                        failure("  profile role: " + SSO_ANSWER, "Log in, then retry: aws sso login --profile sso\n"));
    }

    @Test
    void namesAProfileThatDoesNotExist() {
        String remedy = " does not exist. List the profiles with: aws configure list-profiles\n";
        assertThat(OUTPUTS.get("lost"))
                .isEqualTo(failure(
                        "  profile lost: The source profile of 'lost' was configured to be 'nowhere', but that source"
                                + " profile has no credentials configured.\n",
                        "Profile nowhere" + remedy));
        assertThat(OUTPUTS.get("absent"))
                .isEqualTo(failure(
                        "  profile absent: Profile file contained no credentials for profile 'absent'.\n",
                        "Profile absent" + remedy));
    }

    @Test
    void reportsWhatACredentialProcessPrinted() {
        assertThat(OUTPUTS.get("process"))
                .isEqualTo(failure(
                        "  profile process: Command returned non-zero exit value (3) with error message: not logged"
                                + " in.\n",
                        "Check the credential_process of profile process in the AWS configuration file.\n"));
    }

    @Test
    void reportsAnIncompleteProfile() {
        assertThat(OUTPUTS.get("half"))
                .isEqualTo(failure(
                        "  profile half: Profile property 'aws_secret_access_key' was not configured for 'half'.\n",
                        DEFAULT_REMEDY));
    }

    @Test
    void reportsWhatEachProviderOfTheChainAnswered() {
        assertThat(OUTPUTS.get("none")).isEqualTo(failure("""
                          environment: AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are not both set.
                          system properties: Unable to load credentials from system settings. Access key must be\
                         specified either via environment variable (AWS_ACCESS_KEY_ID) or system property\
                         (aws.accessKeyId).
                          web identity: Either the environment variable AWS_WEB_IDENTITY_TOKEN_FILE or the javaproperty\
                         aws.webIdentityTokenFile must be set.
                          profile default: Profile file contained no credentials for profile 'default'.
                          container: Cannot fetch credentials from container - neither AWS_CONTAINER_CREDENTIALS_FULL_URI\
                         or AWS_CONTAINER_CREDENTIALS_RELATIVE_URI environment variables are set.
                          instance metadata: IMDS credentials have been disabled by environment variable or system\
                         property.
                        """, DEFAULT_REMEDY));
    }

    @Test
    void reportsAMalformedConfigurationFile() {
        assertThat(OUTPUTS.get("malformed"))
                .isEqualTo(
                        "exit code 2\nThe AWS configuration files are malformed: Profile definition must end with ']' on line 1."
                                + " Correct ~/.aws/config or ~/.aws/credentials, or the files that AWS_CONFIG_FILE and AWS_SHARED_CREDENTIALS_FILE name.\n");
    }
}
