/**
 * The application: what each action does on whatever platform, composed from the packages below. Use cases, exit codes and interrupt
 * handling belong here; options do not.
 */
@NullMarked
package org.emrelay.runner.service;

import org.jspecify.annotations.NullMarked;
