package dev.netkb.api.internal.result;

import java.util.List;
import java.util.Map;

/**
 * One change of a remediation.
 *
 * @param hint what to do, in a sentence
 * @param change the typed change
 */
record RemediationStep(String hint, Map<String, Object> change, List<String> az, List<String> powershell) {}
