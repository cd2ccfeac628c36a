//! The registry. A rule that is not listed here does not exist.

mod agreement_expired;
mod allowed_and_forbidden;
mod always_true_definition;
mod ambiguous_route;
mod and_or;
mod attempts_do_not_fit;
mod bare_days;
mod blank_unhandled;
mod calendar_file;
mod calendar_missing;
mod calendar_too_short;
mod capacity_infeasible;
mod channel_too_slow;
mod circular_waiting;
mod commitment_circle;
mod config;
mod counted_twice;
mod credit_above_cap;
mod credit_for_kept_promise;
mod dead_end_stage;
mod deadline_outside_hours;
mod definition_cycle;
mod definition_group_gap;
mod definitions_overlap;
mod different_levels;
mod different_starts;
mod different_targets;
mod duplicate_clause;
mod duplicate_name;
mod duplicate_promise;
mod duplicate_title;
mod duty_beside_meeting;
mod duty_on_closed_day;
mod duty_vs_prohibition;
mod effort_hedge;
mod end_to_end_too_short;
mod equivalent_definitions;
mod escalation_before_breach;
mod exception_never_applies;
mod exception_outside_term;
mod exception_swallows_rule;
mod exception_without_limit;
mod exclusive_duties;
mod expired_allow;
mod handoff_without_acceptance;
mod impossible_definition;
mod impossible_stage_change;
mod impossible_trigger;
mod incompatible_deadlines;
mod invalid_allow;
mod invalid_value;
mod items_without_limit;
mod judge_in_own_case;
mod later_stage_due_first;
mod missing_actor;
mod missing_clause;
mod missing_exit;
mod never_met;
mod no_channel;
mod no_contingency;
mod no_dispute_path;
mod no_effective_dates;
mod no_return_path;
mod no_review;
mod not_enforced;
mod off_by_one_band;
mod one_sided_agreement;
mod open_list;
mod output_conflict;
mod overlapping_exits;
mod pattern_without_owner;
mod placeholder_left;
mod priority_inversion;
mod promise_never_binds;
mod prose_contradicts_code;
mod quota_below_goal;
mod quotas_do_not_add_up;
mod redundant_condition;
mod reject_without_reason;
mod reminder_after_deadline;
mod reminder_before_start;
mod reporting_circle;
mod restarting_clock;
mod review_overdue;
mod role_not_on_channel;
mod route_to_nobody;
mod scenario_fails;
mod self_escalation;
mod several_owners;
mod stage_limit_below_step;
mod stage_without_owner;
mod stages_outlast_promise;
mod step_out_of_order;
mod subjective_quality;
mod subset_not_declared;
mod syntax;
mod target_granularity;
mod target_looser_than_limit;
mod target_unreachable;
mod timezone_missing;
mod two_meaning_period;
mod two_meanings;
mod type_mismatch;
mod unbounded_wait;
mod uncapped_loop;
mod undefined_name;
mod uneven_scale;
mod unit_mismatch;
mod unknown_stage;
mod unknown_value;
mod unmeasurable_commitment;
mod unmeasured_stage;
mod unowned_delay;
mod unreachable_route;
mod unreachable_stage;
mod unreadable_file;
mod unsigned_promise;
mod unused_allow;
mod unused_name;
mod use_not_found;
mod vague_time;
mod volume_without_quality;
mod wait_past_deadline;
mod weak_modal;
mod zone_abbreviation;

use super::Rule;

/// Every rule, by name.
pub static ALL: &[&Rule] = &[
    &agreement_expired::RULE,
    &allowed_and_forbidden::RULE,
    &always_true_definition::RULE,
    &ambiguous_route::RULE,
    &and_or::RULE,
    &attempts_do_not_fit::RULE,
    &bare_days::RULE,
    &blank_unhandled::RULE,
    &calendar_file::RULE,
    &calendar_missing::RULE,
    &calendar_too_short::RULE,
    &capacity_infeasible::RULE,
    &channel_too_slow::RULE,
    &circular_waiting::RULE,
    &commitment_circle::RULE,
    &config::RULE,
    &counted_twice::RULE,
    &credit_above_cap::RULE,
    &credit_for_kept_promise::RULE,
    &dead_end_stage::RULE,
    &deadline_outside_hours::RULE,
    &definition_cycle::RULE,
    &definition_group_gap::RULE,
    &definitions_overlap::RULE,
    &different_levels::RULE,
    &different_starts::RULE,
    &different_targets::RULE,
    &duplicate_clause::RULE,
    &duplicate_name::RULE,
    &duplicate_promise::RULE,
    &duplicate_title::RULE,
    &duty_beside_meeting::RULE,
    &duty_on_closed_day::RULE,
    &duty_vs_prohibition::RULE,
    &effort_hedge::RULE,
    &end_to_end_too_short::RULE,
    &equivalent_definitions::RULE,
    &escalation_before_breach::RULE,
    &exception_never_applies::RULE,
    &exception_outside_term::RULE,
    &exception_swallows_rule::RULE,
    &exception_without_limit::RULE,
    &exclusive_duties::RULE,
    &expired_allow::RULE,
    &handoff_without_acceptance::RULE,
    &impossible_definition::RULE,
    &impossible_stage_change::RULE,
    &impossible_trigger::RULE,
    &incompatible_deadlines::RULE,
    &invalid_allow::RULE,
    &invalid_value::RULE,
    &items_without_limit::RULE,
    &judge_in_own_case::RULE,
    &later_stage_due_first::RULE,
    &missing_actor::RULE,
    &missing_clause::RULE,
    &missing_exit::RULE,
    &never_met::RULE,
    &no_channel::RULE,
    &no_contingency::RULE,
    &no_dispute_path::RULE,
    &no_effective_dates::RULE,
    &no_return_path::RULE,
    &no_review::RULE,
    &not_enforced::RULE,
    &off_by_one_band::RULE,
    &one_sided_agreement::RULE,
    &open_list::RULE,
    &output_conflict::RULE,
    &overlapping_exits::RULE,
    &pattern_without_owner::RULE,
    &placeholder_left::RULE,
    &priority_inversion::RULE,
    &promise_never_binds::RULE,
    &prose_contradicts_code::RULE,
    &quota_below_goal::RULE,
    &quotas_do_not_add_up::RULE,
    &redundant_condition::RULE,
    &reject_without_reason::RULE,
    &reminder_after_deadline::RULE,
    &reminder_before_start::RULE,
    &reporting_circle::RULE,
    &restarting_clock::RULE,
    &review_overdue::RULE,
    &role_not_on_channel::RULE,
    &route_to_nobody::RULE,
    &scenario_fails::RULE,
    &self_escalation::RULE,
    &several_owners::RULE,
    &stage_limit_below_step::RULE,
    &stage_without_owner::RULE,
    &stages_outlast_promise::RULE,
    &step_out_of_order::RULE,
    &subjective_quality::RULE,
    &subset_not_declared::RULE,
    &syntax::RULE,
    &target_granularity::RULE,
    &target_looser_than_limit::RULE,
    &target_unreachable::RULE,
    &timezone_missing::RULE,
    &two_meaning_period::RULE,
    &two_meanings::RULE,
    &type_mismatch::RULE,
    &unbounded_wait::RULE,
    &uncapped_loop::RULE,
    &undefined_name::RULE,
    &uneven_scale::RULE,
    &unit_mismatch::RULE,
    &unknown_stage::RULE,
    &unknown_value::RULE,
    &unmeasurable_commitment::RULE,
    &unmeasured_stage::RULE,
    &unowned_delay::RULE,
    &unreachable_route::RULE,
    &unreachable_stage::RULE,
    &unreadable_file::RULE,
    &unsigned_promise::RULE,
    &unused_allow::RULE,
    &unused_name::RULE,
    &use_not_found::RULE,
    &vague_time::RULE,
    &volume_without_quality::RULE,
    &wait_past_deadline::RULE,
    &weak_modal::RULE,
    &zone_abbreviation::RULE,
];
