// Generated from the migrated database by scripts/generate-database-types.ts; do not edit.

export type Json = string | number | boolean | null | { [key: string]: Json | undefined } | Json[];

export type Database = {
  public: {
    Tables: {
      audit_log: {
        Row: {
          action: string;
          actor_email: string | null;
          actor_id: string | null;
          address: string | null;
          after: Json | null;
          before: Json | null;
          created_at: string;
          id: number;
          request_id: string | null;
          target: string | null;
        };
        Insert: {
          action: string;
          actor_email?: string | null;
          actor_id?: string | null;
          address?: string | null;
          after?: Json | null;
          before?: Json | null;
          created_at?: string;
          id?: never;
          request_id?: string | null;
          target?: string | null;
        };
        Update: {
          action?: string;
          actor_email?: string | null;
          actor_id?: string | null;
          address?: string | null;
          after?: Json | null;
          before?: Json | null;
          created_at?: string;
          id?: never;
          request_id?: string | null;
          target?: string | null;
        };
        Relationships: [
          {
            foreignKeyName: 'audit_log_actor_id_fkey';
            columns: ['actor_id'];
            isOneToOne: false;
            referencedRelation: 'profiles';
            referencedColumns: ['id'];
          },
        ];
      };
      batch_items: {
        Row: {
          batch_id: string;
          code: string | null;
          company_id: string;
          finished_at: string | null;
          job_id: string | null;
          outcome: string;
          report_id: string | null;
        };
        Insert: {
          batch_id: string;
          code?: string | null;
          company_id: string;
          finished_at?: string | null;
          job_id?: string | null;
          outcome?: string;
          report_id?: string | null;
        };
        Update: {
          batch_id?: string;
          code?: string | null;
          company_id?: string;
          finished_at?: string | null;
          job_id?: string | null;
          outcome?: string;
          report_id?: string | null;
        };
        Relationships: [
          {
            foreignKeyName: 'batch_items_batch_id_fkey';
            columns: ['batch_id'];
            isOneToOne: false;
            referencedRelation: 'batches';
            referencedColumns: ['id'];
          },
        ];
      };
      batches: {
        Row: {
          active: number;
          cancel_requested_at: string | null;
          cancelled: number;
          collected_to: string | null;
          completed: number;
          created_at: string;
          delay_code: string | null;
          delayed: number;
          delayed_until: string | null;
          failed: number;
          filter: Json | null;
          finished_at: string | null;
          force: boolean;
          id: string;
          name: string | null;
          open: number;
          pace: number | null;
          pace_at: string | null;
          pace_done: number;
          pace_samples: number;
          payload: Json;
          pending: number;
          queue: string;
          skipped: number;
          started_at: string | null;
          status: string;
          tended_at: string;
          truncated: boolean;
          updated_at: string;
          user_id: string;
          version: number;
        };
        Insert: {
          active?: number;
          cancel_requested_at?: string | null;
          cancelled?: number;
          collected_to?: string | null;
          completed?: number;
          created_at?: string;
          delay_code?: string | null;
          delayed?: number;
          delayed_until?: string | null;
          failed?: number;
          filter?: Json | null;
          finished_at?: string | null;
          force?: boolean;
          id?: string;
          name?: string | null;
          open?: number;
          pace?: number | null;
          pace_at?: string | null;
          pace_done?: number;
          pace_samples?: number;
          payload: Json;
          pending?: number;
          queue: string;
          skipped?: number;
          started_at?: string | null;
          status?: string;
          tended_at?: string;
          truncated?: boolean;
          updated_at?: string;
          user_id: string;
          version?: number;
        };
        Update: {
          active?: number;
          cancel_requested_at?: string | null;
          cancelled?: number;
          collected_to?: string | null;
          completed?: number;
          created_at?: string;
          delay_code?: string | null;
          delayed?: number;
          delayed_until?: string | null;
          failed?: number;
          filter?: Json | null;
          finished_at?: string | null;
          force?: boolean;
          id?: string;
          name?: string | null;
          open?: number;
          pace?: number | null;
          pace_at?: string | null;
          pace_done?: number;
          pace_samples?: number;
          payload?: Json;
          pending?: number;
          queue?: string;
          skipped?: number;
          started_at?: string | null;
          status?: string;
          tended_at?: string;
          truncated?: boolean;
          updated_at?: string;
          user_id?: string;
          version?: number;
        };
        Relationships: [
          {
            foreignKeyName: 'batches_user_id_fkey';
            columns: ['user_id'];
            isOneToOne: false;
            referencedRelation: 'profiles';
            referencedColumns: ['id'];
          },
        ];
      };
      buying_signals: {
        Row: {
          company_id: string;
          confidence: number;
          dedupe_key: string;
          detected_at: string;
          event_date: string;
          evidence: Json;
          expires_on: string;
          id: number;
          source: string;
          strength: string;
          title: string;
          type: string;
          why_it_matters: string;
        };
        Insert: {
          company_id: string;
          confidence: number;
          dedupe_key: string;
          detected_at?: string;
          event_date: string;
          evidence: Json;
          expires_on: string;
          id?: never;
          source: string;
          strength: string;
          title: string;
          type: string;
          why_it_matters: string;
        };
        Update: {
          company_id?: string;
          confidence?: number;
          dedupe_key?: string;
          detected_at?: string;
          event_date?: string;
          evidence?: Json;
          expires_on?: string;
          id?: never;
          source?: string;
          strength?: string;
          title?: string;
          type?: string;
          why_it_matters?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'buying_signals_company_id_fkey';
            columns: ['company_id'];
            isOneToOne: false;
            referencedRelation: 'companies';
            referencedColumns: ['id'];
          },
        ];
      };
      companies: {
        Row: {
          accounts_category: string | null;
          accounts_made_up_to: string | null;
          accounts_next_due: string | null;
          address: Json;
          charges_outstanding: number | null;
          charges_total: number | null;
          company_number: string;
          company_type: string | null;
          completeness: number | null;
          confirmation_made_up_to: string | null;
          confirmation_next_due: string | null;
          country_of_origin: string | null;
          created_at: string;
          dissolved_on: string | null;
          enriched_at: string | null;
          id: string;
          incorporated_on: string | null;
          is_demo: boolean;
          jurisdiction: string | null;
          locality: string | null;
          name: string;
          postal_code: string | null;
          previous_names: Json;
          register_read_at: string | null;
          sic_codes: Array<string>;
          status: string | null;
          status_detail: string | null;
          updated_at: string;
        };
        Insert: {
          accounts_category?: string | null;
          accounts_made_up_to?: string | null;
          accounts_next_due?: string | null;
          address?: Json;
          charges_outstanding?: number | null;
          charges_total?: number | null;
          company_number?: never;
          company_type?: string | null;
          completeness?: number | null;
          confirmation_made_up_to?: string | null;
          confirmation_next_due?: string | null;
          country_of_origin?: string | null;
          created_at?: string;
          dissolved_on?: string | null;
          enriched_at?: string | null;
          id: string;
          incorporated_on?: string | null;
          is_demo?: boolean;
          jurisdiction?: string | null;
          locality?: string | null;
          name: string;
          postal_code?: string | null;
          previous_names?: Json;
          register_read_at?: string | null;
          sic_codes?: Array<string>;
          status?: string | null;
          status_detail?: string | null;
          updated_at?: string;
        };
        Update: {
          accounts_category?: string | null;
          accounts_made_up_to?: string | null;
          accounts_next_due?: string | null;
          address?: Json;
          charges_outstanding?: number | null;
          charges_total?: number | null;
          company_number?: never;
          company_type?: string | null;
          completeness?: number | null;
          confirmation_made_up_to?: string | null;
          confirmation_next_due?: string | null;
          country_of_origin?: string | null;
          created_at?: string;
          dissolved_on?: string | null;
          enriched_at?: string | null;
          id?: string;
          incorporated_on?: string | null;
          is_demo?: boolean;
          jurisdiction?: string | null;
          locality?: string | null;
          name?: string;
          postal_code?: string | null;
          previous_names?: Json;
          register_read_at?: string | null;
          sic_codes?: Array<string>;
          status?: string | null;
          status_detail?: string | null;
          updated_at?: string;
        };
        Relationships: [];
      };
      company_facts: {
        Row: {
          company_id: string;
          confidence: number;
          evidence: Json;
          field: string;
          observed_at: string;
          source: string;
          updated_at: string;
          value: Json;
        };
        Insert: {
          company_id: string;
          confidence: number;
          evidence?: Json;
          field: string;
          observed_at: string;
          source: string;
          updated_at?: string;
          value: Json;
        };
        Update: {
          company_id?: string;
          confidence?: number;
          evidence?: Json;
          field?: string;
          observed_at?: string;
          source?: string;
          updated_at?: string;
          value?: Json;
        };
        Relationships: [
          {
            foreignKeyName: 'company_facts_company_id_fkey';
            columns: ['company_id'];
            isOneToOne: false;
            referencedRelation: 'companies';
            referencedColumns: ['id'];
          },
        ];
      };
      company_places: {
        Row: {
          company_id: string;
          found_at: string;
          place_id: string;
        };
        Insert: {
          company_id: string;
          found_at?: string;
          place_id: string;
        };
        Update: {
          company_id?: string;
          found_at?: string;
          place_id?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'company_places_company_id_fkey';
            columns: ['company_id'];
            isOneToOne: true;
            referencedRelation: 'companies';
            referencedColumns: ['id'];
          },
        ];
      };
      contract_awards: {
        Row: {
          award_id: string;
          document: Json;
          name_key: string;
          ocid: string;
          postcode: string | null;
          provider: string;
          published_at: string;
          supplier_key: string;
          supplier_number: string | null;
        };
        Insert: {
          award_id: string;
          document: Json;
          name_key: string;
          ocid: string;
          postcode?: string | null;
          provider: string;
          published_at: string;
          supplier_key: string;
          supplier_number?: string | null;
        };
        Update: {
          award_id?: string;
          document?: Json;
          name_key?: string;
          ocid?: string;
          postcode?: string | null;
          provider?: string;
          published_at?: string;
          supplier_key?: string;
          supplier_number?: string | null;
        };
        Relationships: [];
      };
      contract_spans: {
        Row: {
          claimed_until: string | null;
          damaged: number;
          ends_at: string;
          provider: string;
          read_at: string | null;
          starts_at: string;
        };
        Insert: {
          claimed_until?: string | null;
          damaged?: number;
          ends_at: string;
          provider: string;
          read_at?: string | null;
          starts_at: string;
        };
        Update: {
          claimed_until?: string | null;
          damaged?: number;
          ends_at?: string;
          provider?: string;
          read_at?: string | null;
          starts_at?: string;
        };
        Relationships: [];
      };
      idempotency_keys: {
        Row: {
          batch_id: string | null;
          company_id: string;
          created_at: string;
          job_id: string | null;
          key: string;
          queue: string;
          report_id: string | null;
          request_hash: string;
          user_id: string;
        };
        Insert: {
          batch_id?: string | null;
          company_id: string;
          created_at?: string;
          job_id?: string | null;
          key: string;
          queue: string;
          report_id?: string | null;
          request_hash: string;
          user_id: string;
        };
        Update: {
          batch_id?: string | null;
          company_id?: string;
          created_at?: string;
          job_id?: string | null;
          key?: string;
          queue?: string;
          report_id?: string | null;
          request_hash?: string;
          user_id?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'idempotency_keys_batch_id_fkey';
            columns: ['batch_id'];
            isOneToOne: false;
            referencedRelation: 'batches';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'idempotency_keys_job_id_fkey';
            columns: ['job_id'];
            isOneToOne: false;
            referencedRelation: 'jobs';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'idempotency_keys_report_id_fkey';
            columns: ['report_id'];
            isOneToOne: false;
            referencedRelation: 'research_reports';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'idempotency_keys_user_id_fkey';
            columns: ['user_id'];
            isOneToOne: false;
            referencedRelation: 'profiles';
            referencedColumns: ['id'];
          },
        ];
      };
      job_events: {
        Row: {
          at: string;
          attempt: number;
          detail: Json;
          id: number;
          job_id: string;
          progress: number | null;
          run_id: number;
          type: string;
          version: number | null;
          worker: string | null;
        };
        Insert: {
          at?: string;
          attempt: number;
          detail?: Json;
          id?: never;
          job_id: string;
          progress?: number | null;
          run_id: number;
          type: string;
          version?: number | null;
          worker?: string | null;
        };
        Update: {
          at?: string;
          attempt?: number;
          detail?: Json;
          id?: never;
          job_id?: string;
          progress?: number | null;
          run_id?: number;
          type?: string;
          version?: number | null;
          worker?: string | null;
        };
        Relationships: [
          {
            foreignKeyName: 'job_events_job_id_fkey';
            columns: ['job_id'];
            isOneToOne: false;
            referencedRelation: 'jobs';
            referencedColumns: ['id'];
          },
        ];
      };
      jobs: {
        Row: {
          attempt: number;
          batch_id: string | null;
          cancel_requested_at: string | null;
          company_id: string;
          company_name: string;
          crash_count: number;
          created_at: string;
          dispatched_at: string | null;
          error: Json | null;
          finished_at: string | null;
          held: boolean;
          id: string;
          max_attempts: number;
          payload: Json;
          priority: number;
          progress: number;
          queue: string;
          quota_month: string | null;
          quota_state: string;
          report_id: string | null;
          result: Json | null;
          run_at: string | null;
          run_id: number;
          start_key: string | null;
          started_at: string | null;
          state: string;
          step: Json | null;
          token: number;
          updated_at: string;
          user_id: string | null;
          version: number;
          worker: string | null;
        };
        Insert: {
          attempt?: number;
          batch_id?: string | null;
          cancel_requested_at?: string | null;
          company_id: string;
          company_name: string;
          crash_count?: number;
          created_at?: string;
          dispatched_at?: string | null;
          error?: Json | null;
          finished_at?: string | null;
          held?: boolean;
          id: string;
          max_attempts: number;
          payload: Json;
          priority?: number;
          progress?: number;
          queue: string;
          quota_month?: string | null;
          quota_state?: string;
          report_id?: string | null;
          result?: Json | null;
          run_at?: string | null;
          run_id?: number;
          start_key?: string | null;
          started_at?: string | null;
          state?: string;
          step?: Json | null;
          token?: number;
          updated_at?: string;
          user_id?: string | null;
          version?: number;
          worker?: string | null;
        };
        Update: {
          attempt?: number;
          batch_id?: string | null;
          cancel_requested_at?: string | null;
          company_id?: string;
          company_name?: string;
          crash_count?: number;
          created_at?: string;
          dispatched_at?: string | null;
          error?: Json | null;
          finished_at?: string | null;
          held?: boolean;
          id?: string;
          max_attempts?: number;
          payload?: Json;
          priority?: number;
          progress?: number;
          queue?: string;
          quota_month?: string | null;
          quota_state?: string;
          report_id?: string | null;
          result?: Json | null;
          run_at?: string | null;
          run_id?: number;
          start_key?: string | null;
          started_at?: string | null;
          state?: string;
          step?: Json | null;
          token?: number;
          updated_at?: string;
          user_id?: string | null;
          version?: number;
          worker?: string | null;
        };
        Relationships: [
          {
            foreignKeyName: 'jobs_company_id_fkey';
            columns: ['company_id'];
            isOneToOne: false;
            referencedRelation: 'companies';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'jobs_user_id_fkey';
            columns: ['user_id'];
            isOneToOne: false;
            referencedRelation: 'profiles';
            referencedColumns: ['id'];
          },
        ];
      };
      lead_scores: {
        Row: {
          company_id: string;
          coverage: number;
          created_at: string;
          document: Json;
          id: number;
          job_id: string | null;
          overall: number | null;
          user_id: string | null;
        };
        Insert: {
          company_id: string;
          coverage: number;
          created_at?: string;
          document: Json;
          id?: never;
          job_id?: string | null;
          overall?: number | null;
          user_id?: string | null;
        };
        Update: {
          company_id?: string;
          coverage?: number;
          created_at?: string;
          document?: Json;
          id?: never;
          job_id?: string | null;
          overall?: number | null;
          user_id?: string | null;
        };
        Relationships: [
          {
            foreignKeyName: 'lead_scores_company_id_fkey';
            columns: ['company_id'];
            isOneToOne: false;
            referencedRelation: 'companies';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'lead_scores_job_id_fkey';
            columns: ['job_id'];
            isOneToOne: false;
            referencedRelation: 'jobs';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'lead_scores_user_id_fkey';
            columns: ['user_id'];
            isOneToOne: false;
            referencedRelation: 'profiles';
            referencedColumns: ['id'];
          },
        ];
      };
      model_calls: {
        Row: {
          cached_input_tokens: number | null;
          cost_usd: number | null;
          error_code: string | null;
          finished_at: string | null;
          generation_id: string | null;
          id: string;
          input_tokens: number | null;
          job_id: string | null;
          model: string;
          output_tokens: number | null;
          purpose: string;
          reasoning_tokens: number | null;
          report_id: string | null;
          reserved_usd: number;
          served_by: string | null;
          served_model: string | null;
          started_at: string;
          state: string;
          user_id: string | null;
        };
        Insert: {
          cached_input_tokens?: number | null;
          cost_usd?: number | null;
          error_code?: string | null;
          finished_at?: string | null;
          generation_id?: string | null;
          id: string;
          input_tokens?: number | null;
          job_id?: string | null;
          model: string;
          output_tokens?: number | null;
          purpose: string;
          reasoning_tokens?: number | null;
          report_id?: string | null;
          reserved_usd: number;
          served_by?: string | null;
          served_model?: string | null;
          started_at?: string;
          state?: string;
          user_id?: string | null;
        };
        Update: {
          cached_input_tokens?: number | null;
          cost_usd?: number | null;
          error_code?: string | null;
          finished_at?: string | null;
          generation_id?: string | null;
          id?: string;
          input_tokens?: number | null;
          job_id?: string | null;
          model?: string;
          output_tokens?: number | null;
          purpose?: string;
          reasoning_tokens?: number | null;
          report_id?: string | null;
          reserved_usd?: number;
          served_by?: string | null;
          served_model?: string | null;
          started_at?: string;
          state?: string;
          user_id?: string | null;
        };
        Relationships: [
          {
            foreignKeyName: 'model_calls_job_id_fkey';
            columns: ['job_id'];
            isOneToOne: false;
            referencedRelation: 'jobs';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'model_calls_report_id_fkey';
            columns: ['report_id'];
            isOneToOne: false;
            referencedRelation: 'research_reports';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'model_calls_user_id_fkey';
            columns: ['user_id'];
            isOneToOne: false;
            referencedRelation: 'profiles';
            referencedColumns: ['id'];
          },
        ];
      };
      notifications: {
        Row: {
          body: Json;
          created_at: string;
          dedupe_key: string;
          id: number;
          kind: string;
          read_at: string | null;
          title: string;
          user_id: string;
        };
        Insert: {
          body?: Json;
          created_at?: string;
          dedupe_key: string;
          id?: never;
          kind: string;
          read_at?: string | null;
          title: string;
          user_id: string;
        };
        Update: {
          body?: Json;
          created_at?: string;
          dedupe_key?: string;
          id?: never;
          kind?: string;
          read_at?: string | null;
          title?: string;
          user_id?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'notifications_user_id_fkey';
            columns: ['user_id'];
            isOneToOne: false;
            referencedRelation: 'profiles';
            referencedColumns: ['id'];
          },
        ];
      };
      pay_gap_returns: {
        Row: {
          company_number: string;
          employer_id: string | null;
          employer_name: string;
          imported_at: string;
          mean_bonus_percent: number | null;
          mean_hourly_percent: number | null;
          median_bonus_percent: number | null;
          median_hourly_percent: number | null;
          report_url: string | null;
          reporting_year: number;
          responsible_person: string | null;
          size_band: string | null;
          submitted_late: boolean;
          submitted_on: string | null;
        };
        Insert: {
          company_number: string;
          employer_id?: string | null;
          employer_name: string;
          imported_at?: string;
          mean_bonus_percent?: number | null;
          mean_hourly_percent?: number | null;
          median_bonus_percent?: number | null;
          median_hourly_percent?: number | null;
          report_url?: string | null;
          reporting_year: number;
          responsible_person?: string | null;
          size_band?: string | null;
          submitted_late: boolean;
          submitted_on?: string | null;
        };
        Update: {
          company_number?: string;
          employer_id?: string | null;
          employer_name?: string;
          imported_at?: string;
          mean_bonus_percent?: number | null;
          mean_hourly_percent?: number | null;
          median_bonus_percent?: number | null;
          median_hourly_percent?: number | null;
          report_url?: string | null;
          reporting_year?: number;
          responsible_person?: string | null;
          size_band?: string | null;
          submitted_late?: boolean;
          submitted_on?: string | null;
        };
        Relationships: [];
      };
      personal_data_removals: {
        Row: {
          applied_at: string | null;
          company_id: string | null;
          created_at: string;
          decided_at: string | null;
          decided_by: string | null;
          email: string | null;
          id: string;
          person_name: string;
          reason: string;
          settled_at: string | null;
          status: string;
        };
        Insert: {
          applied_at?: string | null;
          company_id?: string | null;
          created_at?: string;
          decided_at?: string | null;
          decided_by?: string | null;
          email?: string | null;
          id?: string;
          person_name: string;
          reason?: string;
          settled_at?: string | null;
          status?: string;
        };
        Update: {
          applied_at?: string | null;
          company_id?: string | null;
          created_at?: string;
          decided_at?: string | null;
          decided_by?: string | null;
          email?: string | null;
          id?: string;
          person_name?: string;
          reason?: string;
          settled_at?: string | null;
          status?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'personal_data_removals_decided_by_fkey';
            columns: ['decided_by'];
            isOneToOne: false;
            referencedRelation: 'profiles';
            referencedColumns: ['id'];
          },
        ];
      };
      persons_with_significant_control: {
        Row: {
          ceased_on: string | null;
          company_number: string;
          imported_at: string;
          kind: string;
          legal_form: string | null;
          name: string | null;
          natures_of_control: Array<string>;
          notified_on: string | null;
          place_registered: string | null;
          psc_id: string;
          registration_number: string | null;
          snapshot_on: string | null;
        };
        Insert: {
          ceased_on?: string | null;
          company_number: string;
          imported_at?: string;
          kind: string;
          legal_form?: string | null;
          name?: string | null;
          natures_of_control?: Array<string>;
          notified_on?: string | null;
          place_registered?: string | null;
          psc_id: string;
          registration_number?: string | null;
          snapshot_on?: string | null;
        };
        Update: {
          ceased_on?: string | null;
          company_number?: string;
          imported_at?: string;
          kind?: string;
          legal_form?: string | null;
          name?: string | null;
          natures_of_control?: Array<string>;
          notified_on?: string | null;
          place_registered?: string | null;
          psc_id?: string;
          registration_number?: string | null;
          snapshot_on?: string | null;
        };
        Relationships: [
          {
            foreignKeyName: 'persons_with_significant_control_company_number_fkey';
            columns: ['company_number'];
            isOneToOne: false;
            referencedRelation: 'companies';
            referencedColumns: ['id'];
          },
        ];
      };
      profiles: {
        Row: {
          created_at: string;
          email: string | null;
          full_name: string | null;
          id: string;
          research_limit: number | null;
          role: string;
          settings: Json;
          updated_at: string;
        };
        Insert: {
          created_at?: string;
          email?: string | null;
          full_name?: string | null;
          id: string;
          research_limit?: number | null;
          role?: string;
          settings?: Json;
          updated_at?: string;
        };
        Update: {
          created_at?: string;
          email?: string | null;
          full_name?: string | null;
          id?: string;
          research_limit?: number | null;
          role?: string;
          settings?: Json;
          updated_at?: string;
        };
        Relationships: [];
      };
      register_files: {
        Row: {
          as_of: string;
          imported_at: string;
        };
        Insert: {
          as_of: string;
          imported_at?: string;
        };
        Update: {
          as_of?: string;
          imported_at?: string;
        };
        Relationships: [];
      };
      report_sections: {
        Row: {
          created_at: string;
          document: Json;
          position: number;
          report_id: string;
          section_id: string;
        };
        Insert: {
          created_at?: string;
          document: Json;
          position: number;
          report_id: string;
          section_id: string;
        };
        Update: {
          created_at?: string;
          document?: Json;
          position?: number;
          report_id?: string;
          section_id?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'report_sections_report_id_fkey';
            columns: ['report_id'];
            isOneToOne: false;
            referencedRelation: 'research_reports';
            referencedColumns: ['id'];
          },
        ];
      };
      report_shares: {
        Row: {
          created_at: string;
          expires_at: string;
          id: string;
          report_id: string;
          revoked_at: string | null;
          token_sha256: string;
          user_id: string;
        };
        Insert: {
          created_at?: string;
          expires_at: string;
          id?: string;
          report_id: string;
          revoked_at?: string | null;
          token_sha256: string;
          user_id: string;
        };
        Update: {
          created_at?: string;
          expires_at?: string;
          id?: string;
          report_id?: string;
          revoked_at?: string | null;
          token_sha256?: string;
          user_id?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'report_shares_report_id_fkey';
            columns: ['report_id'];
            isOneToOne: false;
            referencedRelation: 'research_reports';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'report_shares_user_id_fkey';
            columns: ['user_id'];
            isOneToOne: false;
            referencedRelation: 'profiles';
            referencedColumns: ['id'];
          },
        ];
      };
      research_quotas: {
        Row: {
          month: string;
          used: number;
          user_id: string;
        };
        Insert: {
          month: string;
          used?: number;
          user_id: string;
        };
        Update: {
          month?: string;
          used?: number;
          user_id?: string;
        };
        Relationships: [
          {
            foreignKeyName: 'research_quotas_user_id_fkey';
            columns: ['user_id'];
            isOneToOne: false;
            referencedRelation: 'profiles';
            referencedColumns: ['id'];
          },
        ];
      };
      research_reports: {
        Row: {
          company_id: string;
          company_name: string;
          confidence: number | null;
          coverage: number | null;
          created_at: string;
          document: Json | null;
          generated_at: string | null;
          id: string;
          job_id: string;
          names_kept: boolean;
          names_removed_at: string | null;
          sections_complete: number | null;
          status: string;
          total_sources: number | null;
          updated_at: string;
          user_id: string | null;
        };
        Insert: {
          company_id: string;
          company_name: string;
          confidence?: number | null;
          coverage?: number | null;
          created_at?: string;
          document?: Json | null;
          generated_at?: string | null;
          id?: string;
          job_id: string;
          names_kept?: boolean;
          names_removed_at?: string | null;
          sections_complete?: number | null;
          status?: string;
          total_sources?: number | null;
          updated_at?: string;
          user_id?: string | null;
        };
        Update: {
          company_id?: string;
          company_name?: string;
          confidence?: number | null;
          coverage?: number | null;
          created_at?: string;
          document?: Json | null;
          generated_at?: string | null;
          id?: string;
          job_id?: string;
          names_kept?: boolean;
          names_removed_at?: string | null;
          sections_complete?: number | null;
          status?: string;
          total_sources?: number | null;
          updated_at?: string;
          user_id?: string | null;
        };
        Relationships: [
          {
            foreignKeyName: 'research_reports_company_id_fkey';
            columns: ['company_id'];
            isOneToOne: false;
            referencedRelation: 'companies';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'research_reports_job_id_fkey';
            columns: ['job_id'];
            isOneToOne: true;
            referencedRelation: 'jobs';
            referencedColumns: ['id'];
          },
          {
            foreignKeyName: 'research_reports_user_id_fkey';
            columns: ['user_id'];
            isOneToOne: false;
            referencedRelation: 'profiles';
            referencedColumns: ['id'];
          },
        ];
      };
      source_cache: {
        Row: {
          etag: string | null;
          expires_at: string;
          key: string;
          outcome: string;
          payload: Json;
          retrieved_at: string;
          sha256: string;
          source: string;
        };
        Insert: {
          etag?: string | null;
          expires_at: string;
          key: string;
          outcome: string;
          payload: Json;
          retrieved_at: string;
          sha256: string;
          source: string;
        };
        Update: {
          etag?: string | null;
          expires_at?: string;
          key?: string;
          outcome?: string;
          payload?: Json;
          retrieved_at?: string;
          sha256?: string;
          source?: string;
        };
        Relationships: [];
      };
    };
    Views: Record<never, never>;
    Functions: {
      cancel_batch: {
        Args: {
          p_batch_id: string | null;
          p_user_id: string | null;
          p_chunk: number | null;
        };
        Returns: Json;
      };
      cancel_job: {
        Args: {
          p_job_id: string | null;
          p_user_id: string | null;
          p_is_admin: boolean | null;
        };
        Returns: Json;
      };
      cancels_of: {
        Args: {
          p_job_ids: Array<string> | null;
        };
        Returns: Array<string>;
      };
      claim_contract_spans: {
        Args: {
          p_provider: string | null;
          p_now: string | null;
          p_hours: number | null;
          p_days: number | null;
          p_limit: number | null;
        };
        Returns: Json;
      };
      companies_at_address_of: {
        Args: {
          p_company_number: string | null;
          p_least: number | null;
          p_most: number | null;
        };
        Returns: Json;
      };
      companies_with_texts: {
        Args: {
          p_after: string | null;
          p_limit: number | null;
        };
        Returns: Array<string>;
      };
      contract_awards_of: {
        Args: {
          p_provider: string | null;
          p_company_number: string | null;
          p_name_key: string | null;
          p_postcode: string | null;
        };
        Returns: Json;
      };
      create_batch: {
        Args: {
          p_request: Json | null;
        };
        Returns: Json;
      };
      create_report_share: {
        Args: {
          p_report_id: string | null;
          p_user_id: string | null;
          p_token_sha256: string | null;
          p_expires_at: string | null;
        };
        Returns: Json;
      };
      decide_removal: {
        Args: {
          p_id: string | null;
          p_accept: boolean | null;
          p_actor: string | null;
          p_actor_email: string | null;
        };
        Returns: undefined;
      };
      end_overdue_cancels: {
        Args: {
          p_overdue_ms: number | null;
          p_limit: number | null;
        };
        Returns: Array<Json>;
      };
      find_texts_about_people: {
        Args: {
          p_patterns: Array<string> | null;
          p_company_ids: Array<string> | null;
          p_after_kind: string | null;
          p_after_key: string | null;
          p_limit: number | null;
        };
        Returns: Json;
      };
      finish_jobs: {
        Args: {
          p_items: Json | null;
        };
        Returns: Json;
      };
      get_quota: {
        Args: {
          p_user_id: string | null;
          p_monthly_limit: number | null;
        };
        Returns: Json;
      };
      import_companies: {
        Args: {
          p_rows: Json | null;
        };
        Returns: Json;
      };
      import_pay_gap_returns: {
        Args: {
          p_rows: Json | null;
        };
        Returns: Json;
      };
      import_persons_with_significant_control: {
        Args: {
          p_rows: Json | null;
        };
        Returns: Json;
      };
      is_admin: {
        Args: {
          p_domain?: string | null;
        };
        Returns: boolean;
      };
      keep_report_names: {
        Args: {
          p_report_id: string | null;
          p_user_id: string | null;
          p_kept: boolean | null;
        };
        Returns: undefined;
      };
      list_batch_items: {
        Args: {
          p_batch_id: string | null;
          p_user_id: string | null;
          p_outcome?: string | null;
          p_after?: string | null;
          p_limit?: number | null;
        };
        Returns: Json;
      };
      note_dispatched: {
        Args: {
          p_jobs: Json | null;
          p_as_of: string | null;
        };
        Returns: undefined;
      };
      note_quarantine: {
        Args: {
          p_job_id: string | null;
          p_log: Array<string> | null;
        };
        Returns: undefined;
      };
      note_register_file: {
        Args: {
          p_as_of: string | null;
        };
        Returns: undefined;
      };
      pay_gap_returns_of: {
        Args: {
          p_company_number: string | null;
        };
        Returns: Json;
      };
      read_shared_report: {
        Args: {
          p_token_sha256: string | null;
        };
        Returns: Json;
      };
      release_held: {
        Args: {
          p_windows: Json | null;
        };
        Returns: Json;
      };
      replace_text_about_people: {
        Args: {
          p_kind: string | null;
          p_key: string | null;
          p_md5: string | null;
          p_value: Json | null;
        };
        Returns: boolean;
      };
      reports_to_anonymise: {
        Args: {
          p_before: string | null;
          p_limit: number | null;
        };
        Returns: Json;
      };
      request_removal: {
        Args: {
          p_person_name: string | null;
          p_company_id: string | null;
          p_email: string | null;
          p_reason: string | null;
        };
        Returns: undefined;
      };
      reserve_model_call: {
        Args: {
          p_call: Json | null;
          p_report_budget_usd: number | null;
          p_day_budget_usd: number | null;
        };
        Returns: undefined;
      };
      retry_batch: {
        Args: {
          p_batch_id: string | null;
          p_user_id: string | null;
          p_chunk: number | null;
        };
        Returns: Json;
      };
      retry_job: {
        Args: {
          p_job_id: string | null;
          p_user_id: string | null;
          p_is_admin: boolean | null;
          p_monthly_limit: number | null;
        };
        Returns: Json;
      };
      revoke_report_shares: {
        Args: {
          p_report_id: string | null;
          p_user_id: string | null;
          p_share_id: string | null;
        };
        Returns: number;
      };
      save_contract_span: {
        Args: {
          p_provider: string | null;
          p_starts_at: string | null;
          p_now: string | null;
          p_damaged: number | null;
          p_rows: Json | null;
        };
        Returns: undefined;
      };
      save_progress: {
        Args: {
          p_job_id: string | null;
          p_token: number | null;
          p_progress: number | null;
          p_step: Json | null;
          p_version: number | null;
          p_sections?: Json | null;
        };
        Returns: Json;
      };
      save_report_without_names: {
        Args: {
          p_report_id: string | null;
          p_texts: Json | null;
        };
        Returns: boolean;
      };
      search_companies: {
        Args: {
          p_query?: string | null;
          p_status?: string | null;
          p_sic?: string | null;
          p_limit?: number | null;
          p_offset?: number | null;
        };
        Returns: Array<{
          id: string;
          company_number: string;
          name: string;
          status: string;
          status_detail: string;
          company_type: string;
          jurisdiction: string;
          country_of_origin: string;
          incorporated_on: string;
          dissolved_on: string;
          address: Json;
          locality: string;
          postal_code: string;
          sic_codes: Array<string>;
          accounts_category: string;
          accounts_made_up_to: string;
          accounts_next_due: string;
          confirmation_made_up_to: string;
          confirmation_next_due: string;
          charges_total: number;
          charges_outstanding: number;
          previous_names: Json;
          is_demo: boolean;
          completeness: number;
          enriched_at: string;
          register_read_at: string;
          created_at: string;
          updated_at: string;
          rank: number;
        }>;
      };
      settle_model_call: {
        Args: {
          p_call: Json | null;
        };
        Returns: undefined;
      };
      start_attempt: {
        Args: {
          p_job_id: string | null;
          p_worker: string | null;
          p_key?: string | null;
        };
        Returns: Json;
      };
      start_attempts: {
        Args: {
          p_items: Json | null;
        };
        Returns: Json;
      };
      submit_job: {
        Args: {
          p_request: Json | null;
        };
        Returns: Json;
      };
      sweep_expired: {
        Args: {
          p_limit: number | null;
        };
        Returns: Json;
      };
      tend_batch: {
        Args: {
          p_queues: Json | null;
          p_limits: Json | null;
        };
        Returns: Json;
      };
      undispatched_jobs: {
        Args: {
          p_limit: number | null;
          p_older_than_ms: number | null;
          p_silent_ms: number | null;
          p_alive?: Array<string> | null;
        };
        Returns: Json;
      };
    };
    Enums: Record<never, never>;
    CompositeTypes: Record<never, never>;
  };
};
