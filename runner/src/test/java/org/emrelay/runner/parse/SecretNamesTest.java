package org.emrelay.runner.parse;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

final class SecretNamesTest {
    private static final List<String> SECRETS = words("""
            AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN PGPASSWORD MYSQL_PWD MYSQL_ROOT_PASSWORD POSTGRES_PASSWORD REDIS_PASSWORD
            MONGO_INITDB_ROOT_PASSWORD SNOWFLAKE_PASSWORD SNOWFLAKE_PRIVATE_KEY_PASSPHRASE DATABRICKS_TOKEN GITHUB_TOKEN GH_TOKEN
            github_pat gitlab_token NPM_TOKEN SLACK_BOT_TOKEN OPENAI_API_KEY ANTHROPIC_API_KEY HF_TOKEN AZURE_CLIENT_SECRET
            AZURE_STORAGE_KEY AZURE_STORAGE_CONNECTION_STRING GOOGLE_CLIENT_SECRET STRIPE_SECRET_KEY TWILIO_AUTH_TOKEN
            SENDGRID_API_KEY DD_API_KEY JWT_SECRET DJANGO_SECRET_KEY VAULT_TOKEN SONAR_TOKEN
            password passwd pwd pw pass passphrase pass_phrase pass_word db_password db_passwd db_pass dbPassword userPassword
            smtp_pass password1 password_2 old_password new-password kafka.password ssl.key.password sasl.jaas.password
            ssl.keystore.password javax.net.ssl.keyStorePassword javax.net.ssl.trustStorePassword
            javax.jdo.option.ConnectionPassword spark.ssl.keyPassword spark.authenticate.secret secret client_secret client_secret_1
            clientSecret consumer_secret app-secret shared_secret token api_token apiToken auth_token authtoken access_token
            refreshtoken bearer bearer_token x-auth-token slackToken token1 csrf_token oauth2_token api_key apikey apiKey X-Api-Key
            account_key storage_account_key fs.azure.account.key.mystore.dfs.core.windows.net access_key accesskey
            fs.s3a.secret.key fs.s3a.access.key fs.s3a.session.token fs.s3a.encryption.key private_key privateKey ssh_key
            signing_key encryption_key master_key license_key deploy_key hmac_key session_key connection_string
            ConnectionString credential credentials db_credentials jwt
            """);

    private static final List<String> HARMLESS = words("""
            author authors authority compass compass_direction passenger passenger_count passengers passing_grade bypass
            passive passport_country tokenizer tokenized tokenizer_model tokens max_tokens token_count tokenCount token_length
            max_token_length token_column token_pattern token_type token_ttl token_url pad_token unk_token eos_token stop_token
            keyword keywords key keys monkey donkey keyboard keystone partition_key partitionKey primary_key sort_key foreign_key
            join_key group_key cache_key object_key row_key surrogate_key natural_key key_column public_key kms_key_arn
            kms_key_id key_name keyspace key_range secret_name secretName secret_arn secret_id secret_count secretary
            secretary_name password_file password_length password_policy passwordless credentials_provider credentials_file
            fs.s3a.aws.credentials.provider hadoop.security.credential.provider.path access_key_id api_key_name api_version
            spark.ssl.keyStore spark.ssl.trustStore spark.executor.memory spark.sql.shuffle.partitions spark.serializer
            patent path pattern patient pathology compatible spat dispatch sparse parser description
            language titles max_words input output format date start_date end_date region bucket prefix database
            db_user username user email host port schema table columns model seed threshold learning_rate
            connection_timeout connection_count storage_level account account_id access_level session_id session_length
            signing_region private_subnet master_url client_id client_name service_name license license_type
            """);

    private static List<String> words(String text) {
        return List.of(text.trim().split("\\s+"));
    }

    @Example
    void recognizesSecrets() {
        assertThat(SECRETS).hasSizeGreaterThanOrEqualTo(100).doesNotHaveDuplicates();
        assertThat(SECRETS).allMatch(SecretNames.STANDARD::isSecret);
    }

    @Example
    void acceptsHarmlessNames() {
        assertThat(HARMLESS).hasSizeGreaterThanOrEqualTo(100).doesNotHaveDuplicates();
        assertThat(HARMLESS).noneMatch(SecretNames.STANDARD::isSecret);
    }

    /** As the name of a header; a setting that ends in authorization is none. */
    @Example
    void recognizesTheAuthorizationHeader() {
        assertThat(List.of(
                        "Authorization",
                        "authorization",
                        "Proxy-Authorization",
                        "--authorization",
                        "HTTP_AUTHORIZATION"))
                .allMatch(SecretNames.STANDARD::isSecret);
        assertThat(List.of("hadoop.security.authorization", "authorization_type", "authorizations"))
                .noneMatch(SecretNames.STANDARD::isSecret);
    }

    @Property
    void recognizesNamesInAnySpelling(@ForAll("spellings") Spelling spelling) {
        assertThat(SecretNames.STANDARD.isSecret(spelling.of(spelling.secret())))
                .isTrue();
        assertThat(SecretNames.STANDARD.isSecret(spelling.of(spelling.harmless())))
                .isFalse();
    }

    @Property
    void exceptionLiftsOneName(@ForAll("spellings") Spelling spelling) {
        SecretNames names = SecretNames.except(List.of(spelling.secret()));

        assertThat(names.isSecret(spelling.of(spelling.secret())))
                .isEqualTo(!spelling.before().isEmpty());
        assertThat(names.isSecret("other_" + spelling.secret())).isTrue();
    }

    /** A name as a flag, after a prefix, in capitals, with dashes or numbered. */
    record Spelling(
            String secret,
            String harmless,
            String dashes,
            String before,
            boolean upperCase,
            char separator,
            String number) {

        String of(String name) {
            String spelled = before + name.replace('_', separator) + number;
            // Capitals would hide where camelCase has its words.
            boolean isCamelCase = name.matches(".*[a-z][A-Z].*");
            return dashes + (upperCase && !isCamelCase ? spelled.toUpperCase(Locale.ROOT) : spelled);
        }
    }

    @Provide
    Arbitrary<Spelling> spellings() {
        return Combinators.combine(
                        Arbitraries.of(SECRETS),
                        Arbitraries.of(HARMLESS),
                        Arbitraries.of("", "-", "--"),
                        Arbitraries.of("", "my_", "prod.", "x-"),
                        Arbitraries.of(true, false),
                        Arbitraries.of('_', '-', '.'),
                        Arbitraries.of("", "1", "_2"))
                .as(Spelling::new);
    }
}
